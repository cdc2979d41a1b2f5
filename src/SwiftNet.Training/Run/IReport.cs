namespace SwiftNet.Training.Run;

/// <summary>Receives the progress of a run.</summary>
internal interface IReport
{
    /// <summary>Reports a completed step.</summary>
    /// <param name="steps">Number of completed steps.</param>
    /// <param name="outcome">The step's losses.</param>
    /// <param name="time">The step's duration, including waiting for its clips.</param>
    void Step(int steps, StepOutcome outcome, TimeSpan time);

    /// <summary>Reports a line of text.</summary>
    void Line(string text);
}

/// <summary>Mean figures of the latest steps.</summary>
internal sealed class RecentSteps
{
    private readonly List<(StepOutcome Outcome, double Seconds)> _steps = [];
    private int _skipped;

    /// <summary>Number of steps since the last summary.</summary>
    public int Count => _steps.Count;

    /// <summary>Adds a step.</summary>
    public void Add(StepOutcome outcome, TimeSpan time)
    {
        _skipped += outcome.Skipped ? 1 : 0;
        _steps.Add((outcome, time.TotalSeconds));
    }

    /// <summary>The mean figures as text; resets the summary.</summary>
    public string Summarize()
    {
        var small = _steps.Where(s => !double.IsNaN(s.Outcome.Small)).Select(s => s.Outcome.Small).DefaultIfEmpty(double.NaN).Average();
        var text = FormattableString.Invariant($"cross-entropy {_steps.Average(s => s.Outcome.CrossEntropy):0.000}, Jaccard {_steps.Average(s => s.Outcome.Jaccard):0.000}, IoU {_steps.Average(s => s.Outcome.Overlap):0.000}, small {small:0.000}, {_steps.Average(s => s.Seconds):0.00} s a step{(_skipped > 0 ? $", {_skipped} skipped" : "")}");
        _steps.Clear();
        return text;
    }
}

/// <summary>Writes progress as lines of text, one every given number of steps.</summary>
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
