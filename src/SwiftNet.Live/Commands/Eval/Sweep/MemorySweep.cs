using Spectre.Console;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>The comparison of the paper's Table 2: when frames are written to memory, and how much of them.</summary>
internal sealed class MemorySweep(MemoryOptions memory) : ISweep
{
    /// <inheritdoc/>
    public string Name => "table2";

    /// <inheritdoc/>
    public IReadOnlyList<SweepSetting> Settings { get; } =
    [
        .. SweepSetting.OnAndOff("no writes", memory with { Trigger = TriggerKind.Never }),
        .. Updates($"every {memory.Interval} frames", memory with { Trigger = TriggerKind.Periodic }),
        .. Updates("trigger", memory with { Trigger = TriggerKind.Variation }),
    ];

    /// <inheritdoc/>
    public void Print(IReadOnlyList<SweepRow> rows, IAnsiConsole console) => SweepTable.Write(rows, console);

    private static IEnumerable<SweepSetting> Updates(string name, MemoryOptions memory) =>
    [
        .. SweepSetting.OnAndOff($"{name}, whole", memory with { Update = UpdateKind.Full }),
        .. SweepSetting.OnAndOff($"{name}, β {memory.Beta}", memory with { Update = UpdateKind.Pixel }),
    ];
}
