using System.Globalization;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Run;

/// <summary>CSV file with scores of the development split: one line per sequence and one for all.</summary>
internal static class DevelopmentLog
{
    /// <summary>The file's name in the run's folder.</summary>
    public const string FileName = "development.csv";

    /// <summary>The name in the lines for all sequences.</summary>
    public const string All = "all";

    /// <summary>Appends the scores of a step.</summary>
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
