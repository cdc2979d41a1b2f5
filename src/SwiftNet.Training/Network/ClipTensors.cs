using SwiftNet.Network;
using SwiftNet.Training.Clips;
using TorchSharp;

namespace SwiftNet.Training.Network;

/// <summary>A batch as tensors in the current dispose scope.</summary>
internal sealed class ClipTensors
{
    private static readonly Scalar s_steps = 255.0, s_uncorrupted = (int)Batch.Uncorrupted;
    private static readonly torch.Tensor s_mean = torch.tensor((float[])[0.485f, 0.456f, 0.406f]).DetachFromDisposeScope();
    private static readonly torch.Tensor s_deviation = torch.tensor((float[])[0.229f, 0.224f, 0.225f]).DetachFromDisposeScope();

    private readonly torch.Tensor _pictures;
    private readonly torch.Tensor? _corrupted;
    private readonly torch.Tensor? _lossMask;

    /// <summary>Copies a batch to tensors.</summary>
    public ClipTensors(Batch batch, NetworkLayout layout)
    {
        var shape = batch.Shape;
        (Clips, Frames, Objects) = (shape.Clips, shape.Frames, shape.Objects);
        using var scope = torch.NewDisposeScope();
        var pictures = torch.tensor(batch.Pictures, [Frames * Clips, shape.Height, shape.Width, 3]).to(torch.float32);
        _pictures = pictures.div_(s_steps).sub_(s_mean).div_(s_deviation).to(layout.Type).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
        Ids = torch.tensor(batch.Ids, [Frames, Clips, shape.Height, shape.Width]).to(torch.int64).MoveToOuterDisposeScope();
        _corrupted = batch.CorruptedIds is null
            ? null
            : torch.tensor(batch.CorruptedIds, [Frames, Clips, shape.Height, shape.Width]).to(torch.int64).MoveToOuterDisposeScope();
        _lossMask = batch.IgnoredPixels is null
            ? null
            : torch
                .tensor(batch.IgnoredPixels, [Frames, Clips, shape.Height, shape.Width])
                .eq(Numbers.Zero)
                .to(torch.float32)
                .MoveToOuterDisposeScope();
    }

    /// <summary>Number of clips, B.</summary>
    public int Clips { get; }

    /// <summary>Frames per clip, T.</summary>
    public int Frames { get; }

    /// <summary>Objects per clip, N.</summary>
    public int Objects { get; }

    /// <summary>Ground-truth ids, 0 to N, int64 <c>[T, B, H, W]</c>.</summary>
    public torch.Tensor Ids { get; }

    /// <summary>The normalised pictures of a frame, <c>[B, 3, H, W]</c>, channels last in memory.</summary>
    public torch.Tensor Picture(int frame) => _pictures.narrow(0, frame * Clips, Clips);

    /// <summary>Ground-truth ids of a frame, int64 <c>[B, H, W]</c>.</summary>
    public torch.Tensor Truth(int frame) => Ids[frame];

    /// <summary>1 where a pixel of a frame counts in the loss, else 0, <c>[B, H, W]</c>; null = all pixels count.</summary>
    public torch.Tensor? LossMask(int frame) => _lossMask?[frame];

    /// <summary>Ground-truth masks of a frame, <c>[B, N, H, W]</c>, 0 or 1.</summary>
    public torch.Tensor Masks(int frame) => MasksOf(Ids[frame]);

    /// <summary>The masks to write to memory for a frame, <c>[B, N, H, W]</c>: the found masks, with corrupted pixels replaced.</summary>
    public torch.Tensor WithCorruption(torch.Tensor found, int frame)
    {
        if (_corrupted is null)
        {
            return found;
        }

        using var scope = torch.NewDisposeScope();
        var corrupted = _corrupted[frame];
        return torch.where(corrupted.eq(s_uncorrupted).unsqueeze(1), found, MasksOf(corrupted)).MoveToOuterDisposeScope();
    }

    private torch.Tensor MasksOf(torch.Tensor frame)
    {
        using var scope = torch.NewDisposeScope();
        using Scalar end = Objects + 1;
        var ids = torch.arange(Numbers.One, end, Numbers.One, torch.int64).view(1, Objects, 1, 1);
        return frame.unsqueeze(1).eq(ids).to(torch.float32).MoveToOuterDisposeScope();
    }
}
