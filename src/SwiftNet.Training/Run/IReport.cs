namespace SwiftNet.Training.Run;

/// <summary>Is told how a run goes.</summary>
internal interface IReport
{
    /// <summary>A step is done.</summary>
    /// <param name="steps">Steps done in all.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="time">How long it took, waiting for its clips included.</param>
    void Step(int steps, StepOutcome outcome, TimeSpan time);

    /// <summary>Something else to say.</summary>
    void Line(string text);
}

/// <summary>Means over some steps, in words.</summary>
internal sealed class RecentSteps
{
    private readonly List<(StepOutcome Outcome, double Seconds)> _steps = [];
    private int _skipped;

    /// <summary>Steps taken in since the last time they were told.</summary>
    public int Count => _steps.Count;

    /// <summary>Takes a step in.</summary>
    public void Add(StepOutcome outcome, TimeSpan time)
    {
        _skipped += outcome.Skipped ? 1 : 0;
        _steps.Add((outcome, time.TotalSeconds));
    }

    /// <summary>The means; forgets the steps.</summary>
    public string Summarize()
    {
        var small = _steps.Where(s => !double.IsNaN(s.Outcome.Small)).Select(s => s.Outcome.Small).DefaultIfEmpty(double.NaN).Average();
        var text = FormattableString.Invariant($"cross-entropy {_steps.Average(s => s.Outcome.CrossEntropy):0.000}, Jaccard {_steps.Average(s => s.Outcome.Jaccard):0.000}, IoU {_steps.Average(s => s.Outcome.Overlap):0.000}, small {small:0.000}, {_steps.Average(s => s.Seconds):0.00} s a step{(_skipped > 0 ? $", {_skipped} skipped" : "")}");
        _steps.Clear();
        return text;
    }
}

/// <summary>Lines for a log: one every so many steps.</summary>
internal sealed class LineReport(TextWriter to, int every) : IReport
{
    private readonly RecentSteps _recent = new();

    /// <inheritdoc/>
    public void Step(int steps, StepOutcome outcome, TimeSpan time)
    {
        _recent.Add(outcome, time);
        if (steps % every == 0)
        {
            Line($"step {steps}: {_recent.Summarize()}");
        }
    }

    /// <inheritdoc/>
    public void Line(string text)
    {
        to.WriteLine($"{TimeProvider.System.GetLocalNow():yyyy-MM-dd HH:mm:ss} {text}");
        to.Flush();
    }
}
