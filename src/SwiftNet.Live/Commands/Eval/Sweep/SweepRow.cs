namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>A setting and what its sequences came to.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Results">One a sequence, the same sequences in every row.</param>
internal sealed record SweepRow(SweepSetting Setting, IReadOnlyList<SequenceResult> Results)
{
    private readonly Lazy<EvaluationSummary> _summary = new(() => new EvaluationSummary(Setting.Name, Results));

    /// <summary>All sequences together.</summary>
    public EvaluationSummary Summary => _summary.Value;

    /// <summary>J&amp;F, 0 to 100.</summary>
    public double Score => 100 * Summary.JF;

    /// <summary>Frames a second, by the median times of frames with and without a write.</summary>
    public double Rate => 1000 / Math.Max(1e-9, Summary.TypicalMilliseconds);
}
