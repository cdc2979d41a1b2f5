using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Commands;

/// <summary>Names what the frames that were left out waited for when a newer one overtook them.</summary>
internal static class LeftOutFrames
{
    /// <summary>One line a cause that left frames out: how many, what they waited for, and the median time of a frame there.</summary>
    /// <param name="ledger">Where the frames ended.</param>
    /// <param name="parts">How long each part of the work took.</param>
    /// <param name="framesPerSecond">The source's rate; 0 where it is unknown.</param>
    public static IEnumerable<string> Describe(LedgerSnapshot ledger, PartLatencies parts, double framesPerSecond)
    {
        var pace = framesPerSecond > 0 ? $"; a frame came every {1000 / framesPerSecond:0.#} ms" : "";
        foreach (var cause in ledger.Causes)
        {
            if (ledger.DroppedByCause[(int)cause] is var count and > 0 && WaitedFor(cause, parts) is { } reason)
            {
                yield return $"{count} of {ledger.Captured} frames waited for {reason}{pace}";
            }
        }
    }

    private static string? WaitedFor(DropCause cause, PartLatencies parts) => cause switch
    {
        DropCause.OvertakenBeforePreprocess => $"the scaling to the network's size ({Times(parts, "preprocess")})",
        DropCause.OvertakenBeforeSegment => $"the network ({Times(parts, "encode", "match", "decode", "fetch", "write")})",
        DropCause.OvertakenBeforeOutput => $"the drawing and the outputs ({Times(parts, "output")})",
        _ => null,
    };

    private static string Times(PartLatencies parts, params string[] names) => string.Join(", ", parts.All
        .Where(part => names.Contains(part.Name))
        .Select(part => $"{part.Name} {part.Latency.Snapshot().Median.TotalMilliseconds:0.0} ms"));
}
