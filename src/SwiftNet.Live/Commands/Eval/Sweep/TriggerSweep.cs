using Spectre.Console;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>Calibrates the trigger, whose thresholds the paper leaves open, and compares it with chance, a write every few frames, and
/// none.</summary>
internal sealed class TriggerSweep(MemoryOptions memory, TriggerGrid grid) : ISweep
{
    private static readonly string[] s_headings =
        ["memory", "on: J&F", "written %", "chance", "off: J&F", "written %", "chance", "J&F of both", "over chance"];

    /// <inheritdoc/>
    public string Name => "trigger";

    /// <inheritdoc/>
    public IReadOnlyList<SweepSetting> Settings { get; } =
    [
        .. SweepSetting.OnAndOff("no writes", memory with { Trigger = TriggerKind.Never }),
        .. SweepSetting.OnAndOff($"every {memory.Interval} frames", memory with { Trigger = TriggerKind.Periodic }),
        .. grid
            .Of(memory)
            .SelectMany(
                one => SweepSetting.OnAndOff($"th_f {one.FrameThreshold} th_m {one.MaskThreshold} P_th {one.WriteAreaThreshold}", one))
            .SelectMany(one => WithChance(one, grid.Draws)),
    ];

    /// <inheritdoc/>
    public void Print(IReadOnlyList<SweepRow> rows, IAnsiConsole console)
    {
        var pairs = TriggerPair.Of(rows);
        FigureTable.Write(s_headings, [.. pairs.Select(Row)], console);
        if (TriggerPair.Best(pairs) is { } best)
        {
            console.Profile.Out.Writer.WriteLine(
                $"best, by J&F of previous frame on and off to a tenth, then by fewer writes: {best.Name}, J&F "
                    + $"{best.Score:0.0}{(best.OverChance is { } over ? $", {over:+0.0;-0.0;0.0} over chance" : "")}");
        }
    }

    private static IEnumerable<SweepSetting> WithChance(SweepSetting trigger, int draws) => Enumerable.Range(1, draws)
        .Select(draw => trigger with { Memory = trigger.Memory with { Trigger = TriggerKind.Periodic }, ChanceOf = trigger, Draw = draw })
        .Prepend(trigger);

    private static string[] Row(TriggerPair pair) =>
    [
        pair.Name, .. Cells(pair.On, pair.ChanceOn), .. Cells(pair.Off, pair.ChanceOff), $"{pair.Score:0.0}",
        pair.OverChance is { } over ? $"{over:+0.0;-0.0;0.0}" : "-",
    ];

    private static string[] Cells(SweepRow row, double? chance) =>
    [
        $"{row.Score:0.0}", $"{100 * row.Summary.WriteRate:0.0}", chance is null ? "-" : $"{chance:0.0}",
    ];
}
