using System.Globalization;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Run;

/// <summary>The development split's scores at intervals, as CSV: a line for each sequence and one for all.</summary>
internal static class DevelopmentLog
{
    /// <summary>The table's name in the run's folder.</summary>
    public const string FileName = "development.csv";

    /// <summary>The sequence's name in the lines of all.</summary>
    public const string All = "all";

    /// <summary>Adds the scores of a step.</summary>
    public static void Add(string folder, int step, IReadOnlyList<SequenceOutcome> outcomes)
    {
        var path = Path.Combine(folder, FileName);
        var lines = outcomes.Select(o => Line(step, o.Name, new SplitScore([o]))).Append(Line(step, All, new SplitScore(outcomes)));
        File.AppendAllLines(path, File.Exists(path) ? lines : lines.Prepend("step,sequence,J&F,J,F,J_first_fifth,J_last_fifth"));
    }

    private static string Line(int step, string name, SplitScore score) => string.Create(
        CultureInfo.InvariantCulture,
        $"{step},{name},{score.Both:0.00},{score.J:0.00},{score.F:0.00},{score.FirstFifth:0.00},{score.LastFifth:0.00}");
}
