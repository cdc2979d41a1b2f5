using SwiftNet.Live.Options;

namespace SwiftNet.Live.Segment;

/// <summary>What the budget can step down to, and up again.</summary>
/// <param name="Scales">What the network picture's sides are multiplied by: 1, then ever less.</param>
/// <param name="Capacities">The memory's capacity in frames: as configured, then ever less.</param>
internal sealed record BudgetLadder(IReadOnlyList<double> Scales, IReadOnlyList<double> Capacities)
{
    // 56, 36 and 25 % of the pixels. Of the default size, 576x320, 3/4 and 1/2 are multiples of 16, so that none is padding.
    private static readonly double[] s_scales = [1, 0.75, 0.6, 0.5];

    // Six memory pixels: objects cannot be distinguished in a smaller picture.
    private const int LeastSide = 96;

    // Half a frame of updates beside the first frame, so that memory still learns; a full update takes a frame.
    private const double LeastCapacity = 1.5;
    private const double LeastCapacityForFullUpdates = 2;

    /// <summary>The ladder of a camera.</summary>
    /// <param name="size">The network picture as configured.</param>
    /// <param name="memory">The memory as configured.</param>
    public static BudgetLadder For(FrameSize size, MemoryOptions memory)
    {
        var side = Math.Min(size.Width, size.Height);
        var least = memory.Update == UpdateKind.Full ? LeastCapacityForFullUpdates : LeastCapacity;
        var capacities = new List<double> { memory.CapacityFrames };
        while (capacities[^1] > least)
        {
            capacities.Add(Math.Max(least, capacities[^1] / 2));
        }

        return new BudgetLadder(Array.FindAll(s_scales, scale => scale == 1 || scale * side >= LeastSide), capacities);
    }
}
