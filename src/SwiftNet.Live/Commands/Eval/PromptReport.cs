namespace SwiftNet.Live.Commands.Eval;

/// <summary>The figures of the ways from prompt to mask, as a table.</summary>
internal static class PromptReport
{
    private static readonly string[] s_headings =
    [
        "IoU", "box", .. PromptTrial.ScoredPoints.Select(n => n == 1 ? "1 point" : $"{n} points"), "box ms", "p95", "point ms", "p95",
    ];

    /// <summary>Writes a row for each way: mean IoU times 100, and median and 95th percentile of the times.</summary>
    public static void Write(IReadOnlyList<PromptTrial> trials, TextWriter to)
    {
        var name = trials.Max(t => t.Name.Length);
        foreach (var row in trials.Select(Row).Prepend(s_headings))
        {
            to.WriteLine(
                string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(name) : cell.PadLeft(Math.Max(6, s_headings[i].Length)))));
        }
    }

    private static string[] Row(PromptTrial trial) =>
    [
        trial.Name,
        $"{100 * trial.Box.Average():0.0}",
        .. trial.Points.Select(p => $"{100 * p.Average():0.0}"),
        $"{At(trial.BoxTimes, 0.5):0}", $"{At(trial.BoxTimes, 0.95):0}", $"{At(trial.PointTimes, 0.5):0}",
        $"{At(trial.PointTimes, 0.95):0}",
    ];

    private static double At(IReadOnlyList<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
