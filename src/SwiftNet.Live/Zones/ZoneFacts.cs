using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>A zone or a line with its counts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">zone or line.</param>
/// <param name="Points">The corners of a zone, or the two points of a line: x and y in shares of the frame, 0 to 1.</param>
/// <param name="Drawn">Whether it was drawn on the page; else it is in the settings.</param>
/// <param name="Counts">Events so far, by kind: entered, left, dwelled, covered, uncovered of a zone, forward, backward of a
/// line.</param>
/// <param name="Inside">Ids of the objects inside; empty for a line.</param>
internal sealed record ZoneFacts(
    string Name,
    string Kind,
    IReadOnlyList<double[]> Points,
    bool Drawn,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<int> Inside)
{
    /// <summary>The facts of a counter.</summary>
    public static ZoneFacts Of(ShapeCounter counter) => new(
        counter.Shape.Name,
        counter.Shape.IsLine ? "line" : "zone",
        [.. counter.Shape.Points.Select(p => (double[])[p.X, p.Y])],
        counter.IsDrawn,
        counter.Kinds.ToDictionary(ZoneEvent.Word, counter.Count),
        counter.Inside);
}
