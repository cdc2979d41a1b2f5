using Spectre.Console;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>The comparison of the paper's Figure 7: J&amp;F and frames a second over β, with the trigger and with a write every few
/// frames.</summary>
internal sealed class BetaSweep(MemoryOptions memory) : ISweep
{
    private static readonly double[] s_betas = [0.02, 0.05, 0.1, 0.2, 0.4, 1];

    /// <inheritdoc/>
    public string Name => "beta";

    /// <inheritdoc/>
    public IReadOnlyList<SweepSetting> Settings { get; } =
    [
        .. Lines(memory).SelectMany(
            line =>
                s_betas.SelectMany(beta => SweepSetting.OnAndOff(line.Name, line.Memory with { Update = UpdateKind.Pixel, Beta = beta }))),
    ];

    /// <inheritdoc/>
    public void Print(IReadOnlyList<SweepRow> rows, IAnsiConsole console) =>
        SweepTable.Write(
            [.. rows.Select(row => row with { Setting = row.Setting with { Name = $"{row.Setting.Name}, β {row.Setting.Memory.Beta}" } })],
            console);

    /// <inheritdoc/>
    public void Draw(IReadOnlyList<SweepRow> rows, string path) => BetaFigure.Draw(rows, s_betas, path + ".png");

    private static (string Name, MemoryOptions Memory)[] Lines(MemoryOptions memory) =>
    [
        ("trigger", memory with { Trigger = TriggerKind.Variation }),
        ($"every {memory.Interval} frames", memory with { Trigger = TriggerKind.Periodic }),
    ];
}
