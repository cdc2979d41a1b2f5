using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Objects' soft masks on one frame.</summary>
/// <param name="Ids">The objects, in order of id. Never changed: other objects make another array.</param>
/// <param name="Maps">Their aggregated probabilities, float32 <c>[N, h, w]</c> at network size without padding.</param>
internal readonly record struct SoftMasks(byte[] Ids, torch.Tensor Maps)
{
    /// <summary>What all masks <c>[N, h, w]</c> have together, <c>[1, h, w]</c>; null where there is one object. Of the current dispose
    /// scope.</summary>
    public static torch.Tensor? All(torch.Tensor maps) =>
        maps.shape[0] == 1 ? null : maps.sum(0, keepdim: true).clamp_(Numbers.Zero, Numbers.One);

    /// <summary>The masks of some of the objects, in the order given. Of the current dispose scope.</summary>
    public SoftMasks Only(byte[] ids)
    {
        if (ids.Length == 0)
        {
            return new SoftMasks([], Maps.narrow(0, 0, 0));
        }

        using var scope = torch.NewDisposeScope();
        var (all, maps) = (Ids, Maps);
        return new SoftMasks(ids, torch.stack(Array.ConvertAll(ids, id => maps[Array.IndexOf(all, id)])).MoveToOuterDisposeScope());
    }

    /// <summary>The masks of other objects: an object without a mask then has its newer one, so that it counts as unchanged. The result is
    /// the caller's.</summary>
    public torch.Tensor For(SoftMasks newer)
    {
        using var scope = torch.NewDisposeScope();
        var rows = new torch.Tensor[newer.Ids.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Array.IndexOf(Ids, newer.Ids[i]);
            rows[i] = row < 0 ? newer.Maps[i] : Maps[row];
        }

        return torch.stack(rows).DetachFromDisposeScope();
    }
}
