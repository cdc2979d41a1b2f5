using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Sights;

/// <summary>
/// What objects look like on a frame: the mean of the encoder's last features over an object's cells, less the mean over the frame, as a
/// unit vector. Two of them have a cosine near 1 for one object, and near 0 or below for it and the ground.
/// </summary>
internal static class Looks
{
    /// <summary>Features of a look.</summary>
    public const int Channels = 256;

    private static readonly Scalar s_epsilon = 1e-6;

    /// <summary>How much of each cell objects cover, float32 <c>[N, h·w]</c>, of the current dispose scope.</summary>
    /// <param name="masks">Their padded masks <c>[N, 1, H, W]</c>.</param>
    public static torch.Tensor Cells(torch.Tensor masks) => avg_pool2d(masks, PaddedSize.Stride).flatten(1);

    /// <summary>The looks of objects, float32 <c>[N, 256]</c>, of the current dispose scope; zeros where an object has no pixel.</summary>
    /// <param name="features">The frame's features.</param>
    /// <param name="covered">What the objects cover of its cells, <c>[N, h·w]</c>.</param>
    public static torch.Tensor Of(FrameFeatures features, torch.Tensor covered)
    {
        using var scope = torch.NewDisposeScope();
        var cells = features.R4.permute(0, 2, 3, 1).reshape(-1, Channels).to(torch.float32);
        var sums = covered.sum(1, keepdim: true);
        var looks = covered.mm(cells).div_(sums.clamp_min(s_epsilon)).sub_(cells.mean([0], keepdim: true));
        return Unit(looks).mul_(sums.gt(s_epsilon)).MoveToOuterDisposeScope();
    }

    /// <summary>Vectors <c>[N, 256]</c> of length 1.</summary>
    public static torch.Tensor Unit(torch.Tensor looks) => looks / looks.norm(1, keepdim: true, p: 2).clamp_min_(s_epsilon);
}
