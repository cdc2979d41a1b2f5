using TorchSharp;

namespace SwiftNet.Network;

/// <summary>
/// The frame that objects were given or put right on, with their masks, kept so that it can be encoded again at another size. Bytes a pixel
/// at the size at which it was given: 3 for the picture, 1 for each object and 1 for what all objects have together, whatever the camera's
/// size is.
/// </summary>
internal sealed class FirstFrame : IDisposable
{
    private static readonly Scalar s_steps = 255.0;

    private readonly torch.Tensor _picture;
    private readonly torch.Tensor _masks;
    private readonly torch.Tensor? _all;

    /// <summary>Keeps copies.</summary>
    /// <param name="ids">The objects that were given on it.</param>
    /// <param name="picture">R, G, B in [0, 1], <c>[3, h, w]</c>.</param>
    /// <param name="masks">The given objects' masks in order of <paramref name="ids"/>, <c>[ids, h, w]</c>.</param>
    /// <param name="all">What all objects' masks had together on it, <c>[1, h, w]</c>; null where there was one object.</param>
    public FirstFrame(byte[] ids, torch.Tensor picture, torch.Tensor masks, torch.Tensor? all)
    {
        Ids = ids;
        _picture = InBytes(picture);
        _masks = InBytes(masks);
        _all = all is null ? null : InBytes(all);
    }

    /// <summary>Takes over what <see cref="Bytes"/> of another gave.</summary>
    public FirstFrame(byte[] ids, (torch.Tensor Picture, torch.Tensor Masks, torch.Tensor? All) bytes)
    {
        Ids = ids;
        _picture = bytes.Picture.DetachFromDisposeScope();
        _masks = bytes.Masks.DetachFromDisposeScope();
        _all = bytes.All?.DetachFromDisposeScope();
    }

    private FirstFrame(byte[] ids, FirstFrame other)
    {
        var masks = Array.ConvertAll(ids, id => other._masks[Array.IndexOf(other.Ids, id)]);
        Ids = ids;
        _picture = other._picture.alias().DetachFromDisposeScope();
        _masks = torch.stack(masks).DetachFromDisposeScope();
        _all = other._all?.alias().DetachFromDisposeScope();
        Near = other.Near?.Of(ids);
        Array.ForEach(masks, mask => mask.Dispose());
    }

    /// <summary>The objects that were given on it.</summary>
    public byte[] Ids { get; }

    /// <summary>The same frame's part around the objects, from the camera's own pixels at the scale at which a window showed it; null where
    /// there was no window.</summary>
    public FirstFrame? Near { get; init; }

    /// <summary>Size of the picture as it is kept.</summary>
    public PaddedSize Size => new((int)_picture.shape[2], (int)_picture.shape[1]);

    /// <summary>What is kept, uint8 <c>[3, h, w]</c>, <c>[ids, h, w]</c> and <c>[1, h, w]</c> or null; it stays this object's.</summary>
    public (torch.Tensor Picture, torch.Tensor Masks, torch.Tensor? All) Bytes => (_picture, _masks, _all);

    /// <summary>A copy for some of its objects, in the order given. The picture is shared: it is never changed.</summary>
    public FirstFrame Of(byte[] ids) => new(ids, this);

    /// <summary>The picture at another size, as the constructor got it; of the current dispose scope.</summary>
    public torch.Tensor Picture(PaddedSize size) => At(_picture, size);

    /// <summary>The masks at another size; of the current dispose scope.</summary>
    public torch.Tensor Masks(PaddedSize size) => At(_masks, size);

    /// <summary>What all had together at another size, or null; of the current dispose scope.</summary>
    public torch.Tensor? All(PaddedSize size) => _all is null ? null : At(_all, size);

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture.Dispose();
        _masks.Dispose();
        _all?.Dispose();
        Near?.Dispose();
    }

    private static torch.Tensor InBytes(torch.Tensor maps)
    {
        using var scope = torch.NewDisposeScope();
        return maps.mul(s_steps).round_().to(torch.uint8).DetachFromDisposeScope();
    }

    private static torch.Tensor At(torch.Tensor bytes, PaddedSize size)
    {
        using var scope = torch.NewDisposeScope();
        return Refit.To(bytes, size).div_(s_steps).MoveToOuterDisposeScope();
    }
}
