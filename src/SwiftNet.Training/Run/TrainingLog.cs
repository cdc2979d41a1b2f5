using System.Globalization;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Run;

/// <summary>CSV file with one line per step.</summary>
internal sealed class TrainingLog : IDisposable
{
    /// <summary>The file's name in the run's folder.</summary>
    public const string FileName = "log.csv";

    private const string Headings =
        "step,cross_entropy,jaccard,iou,iou_small,gradient,rate,width,height,frames,objects,clips,previous_frame,seconds,waited,skipped";
    private readonly StreamWriter _writer;

    /// <summary>Opens the log; lines of steps from <paramref name="nextStep"/> on, left by an interrupted run, are removed.</summary>
    public TrainingLog(string folder, int nextStep)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            var kept = File.ReadLines(path)
                .Where(
                    (line, i) =>
                        i == 0 || (int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out var step) && step < nextStep))
                .ToArray();
            File.WriteAllLines(path, kept);
        }
        else
        {
            File.WriteAllText(path, Headings + "\n");
        }

        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    /// <summary>Appends a step.</summary>
    public void Add(Batch batch, StepOutcome outcome, double rate, TimeSpan time, TimeSpan waited)
    {
        var (shape, c) = (batch.Shape, CultureInfo.InvariantCulture);
        _writer.WriteLine(string.Create(c, $"{batch.Step},{outcome.CrossEntropy:0.#####},{outcome.Jaccard:0.#####},{outcome.Overlap:0.####},{(double.IsNaN(outcome.Small) ? "" : outcome.Small.ToString("0.####", c))},{outcome.Gradient:0.###},{rate:0.###e+0},{shape.Width},{shape.Height},{shape.Frames},{shape.Objects},{shape.Clips},{(batch.Use.PreviousFrame ? 1 : 0)},{time.TotalSeconds:0.###},{waited.TotalSeconds:0.###},{(outcome.Skipped ? 1 : 0)}"));
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
