namespace SwiftNet.Imaging.Scoring;

/// <summary>Objects of one range of sizes, as shares of the picture where they are given.</summary>
/// <param name="Name">The range in words.</param>
/// <param name="Least">The smallest share, inclusive.</param>
/// <param name="Most">The largest share, exclusive.</param>
internal sealed record SizeClass(string Name, double Least, double Most)
{
    /// <summary>The ranges that scores are reported for.</summary>
    public static IReadOnlyList<SizeClass> All { get; } =
    [
        new("below 0.1 %", 0, 0.001), new("of 0.1 to 1 %", 0.001, 0.01), new("below 1 %", 0, 0.01), new("of 1 to 5 %", 0.01, 0.05),
        new("above 5 %", 0.05, 2),
    ];

    /// <summary>Whether an object is of this range.</summary>
    public bool Contains(ObjectScores scores) => scores.Share >= Least && scores.Share < Most;
}
