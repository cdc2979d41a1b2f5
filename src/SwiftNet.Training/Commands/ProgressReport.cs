using Spectre.Console;
using SwiftNet.Training.Run;

namespace SwiftNet.Training.Commands;

/// <summary>A progress bar with mean figures of the latest steps, for a terminal.</summary>
internal sealed class ProgressReport(ProgressTask bar, int every) : IReport
{
    private readonly RecentSteps _recent = new();

    /// <summary>Runs work with a progress bar from <paramref name="done"/> to <paramref name="all"/> steps.</summary>
    public static void Run(int done, int all, int every, Action<IReport> work) => AnsiConsole.Progress()
        .Columns(
            new SpinnerColumn(),
            new ProgressBarColumn(),
            new PercentageColumn(),
            new RemainingTimeColumn(),
            new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            var bar = context.AddTask("the first steps", maxValue: all);
            bar.Value = done;
            work(new ProgressReport(bar, every));
        });

    /// <inheritdoc/>
    public void Step(int steps, StepOutcome outcome, TimeSpan time)
    {
        _recent.Add(outcome, time);
        bar.Value = steps;
        if (_recent.Count >= every)
        {
            bar.Description = Markup.Escape($"step {steps}: {_recent.Summarize()}");
        }
    }

    /// <inheritdoc/>
    public void Line(string text) => AnsiConsole.WriteLine(text);
}
