using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Sights;

/// <summary>
/// Where objects can be on the next frame: around where they were. The network compares looks, not places, so what comes into the picture
/// later and looks a little like an object (a rock beside an elephant) would be taken for a part of it, written to memory, and kept.
/// </summary>
/// <remarks>
/// What the network takes for an object where it cannot be is doubtful, not background: if memory held it as background, a twin that comes
/// in would make the network forget the object itself. So memory learns nothing there.
/// </remarks>
internal static class Surroundings
{
    /// <summary>Sides of the square of the network input that every object may reach, however small it is.</summary>
    public const double Least = 0.1;

    /// <summary>Of the largest recent area, the share below which an object may be anywhere: what is left of it, behind something, says
    /// little of where it comes out.</summary>
    public const double HiddenShare = 0.25;

    // Share of a memory pixel that an object has to cover to count there: five of its 256 pixels.
    private static readonly Scalar s_covered = 0.02;

    // Memory pixels around doubtful ones that are doubtful too: their features see them (the last stage's convolutions).
    private const int DoubtRadius = 2;

    // Share of a memory pixel from which on it is doubtful.
    private static readonly Scalar s_doubtful = 0.1;

    // On the logits' scale, where 16 is certainty.
    private static readonly Scalar s_impossible = -100.0;

    /// <summary>What is added to the active objects' logit differences: 0 where an object can be, and far below where it cannot.</summary>
    /// <param name="video">Its masks are those of the frame before.</param>
    /// <param name="reach">How far an object may get in a step, in sides of it.</param>
    /// <returns>Float32 <c>[N, H/4, W/4]</c>, of the current dispose scope; null where every object may be anywhere.</returns>
    public static torch.Tensor? Bar(Video video, double reach)
    {
        var active = video.Objects.Active;
        Span<int> radii = stackalloc int[active.Length];
        for (var i = 0; i < radii.Length && reach > 0; i++)
        {
            radii[i] = Radius(video, active[i], reach);
        }

        if (!radii.ContainsAnyExcept(0))
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        var covered = avg_pool2d(video.Pad(video.Probabilities.gt(Numbers.Half).to(torch.float32)), PaddedSize.Stride)
            .gt(s_covered)
            .to(torch.float32);
        var near = new torch.Tensor[active.Length];
        for (var i = 0; i < near.Length; i++)
        {
            var radius = radii[i];
            near[i] = radius == 0
                ? torch.ones([1, 1, covered.shape[2], covered.shape[3]], torch.float32, covered.device)
                : max_pool2d(
                    covered.narrow(0, Array.IndexOf(video.Ids, active[i]), 1),
                    [(2 * radius) + 1, (2 * radius) + 1],
                    [1, 1],
                    [radius, radius]);
        }

        var far = torch.cat(near).neg_().add_(Numbers.One, Numbers.One).mul_(s_impossible);
        return interpolate(far, scale_factor: [4, 4], mode: torch.InterpolationMode.Nearest).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Where memory may learn of each object: not where it would be found, were it not for the bar, nor close by.</summary>
    /// <param name="logits">The decoder's, <c>[N, 2, H/4, W/4]</c>.</param>
    /// <param name="bar">See <see cref="Bar"/>.</param>
    /// <returns>Float32 <c>[N, h·w, 1]</c>, 1 or 0, of the current dispose scope.</returns>
    public static torch.Tensor Certain(torch.Tensor logits, torch.Tensor bar)
    {
        using var scope = torch.NewDisposeScope();
        var barred = logits.narrow(1, 1, 1).gt(logits.narrow(1, 0, 1)).logical_and(bar.lt(Numbers.Zero).unsqueeze(1)).to(torch.float32);
        var doubtful = avg_pool2d(barred, PaddedSize.Stride / 4).gt(s_doubtful).to(torch.float32);
        doubtful = max_pool2d(doubtful, [(2 * DoubtRadius) + 1, (2 * DoubtRadius) + 1], [1, 1], [DoubtRadius, DoubtRadius]);
        return doubtful.flatten(1).neg().add_(Numbers.One, Numbers.One).unsqueeze(2).MoveToOuterDisposeScope();
    }

    /// <summary>How far an object may get from where it was, in memory pixels; 0 for anywhere: it was not seen, or hardly.</summary>
    private static int Radius(Video video, byte id, double reach)
    {
        var seen = video.Objects.Find(id)!.Sight.History;
        if (!video.Ids.Contains(id) || seen.Unseen > 0 || seen.Last.Area <= HiddenShare * seen.Largest)
        {
            return 0;
        }

        // Lengths are in sides of the frame's square, and a window's side is a part of one.
        var window = video.Window;
        var frame = Math.Sqrt((double)window.FrameWidth * window.FrameHeight);
        var least = Least * Math.Sqrt((double)window.Width * window.Height) / frame;
        var sides = Math.Max(reach * seen.Last.Side, least) + (2 * seen.Speed);
        return (int)Math.Ceiling(sides * frame * window.Scale / PaddedSize.Stride);
    }
}
