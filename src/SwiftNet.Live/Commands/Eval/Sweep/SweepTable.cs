using Spectre.Console;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>The figures of a sweep as a table, a row a setting.</summary>
internal static class SweepTable
{
    private static readonly string[] s_headings = ["memory", "previous frame", "J&F", "J", "F", "written %", "memory pixels", "ms", "FPS"];

    /// <summary>Writes it.</summary>
    public static void Write(IReadOnlyList<SweepRow> rows, IAnsiConsole console) =>
        FigureTable.Write(s_headings, [.. rows.Select(Row)], console);

    private static string[] Row(SweepRow row)
    {
        var all = row.Summary;
        return
        [
            row.Setting.Name, row.Setting.Memory.PreviousFrame ? "on" : "off",
            $"{row.Score:0.0}", $"{100 * all.J.Mean:0.0}", $"{100 * all.F.Mean:0.0}", $"{100 * all.WriteRate:0.0}",
            $"{all.MemoryPixels:0}", $"{all.TypicalMilliseconds:0.0}", $"{row.Rate:0.0}",
        ];
    }
}
