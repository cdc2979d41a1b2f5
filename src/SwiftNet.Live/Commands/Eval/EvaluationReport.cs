using System.Text;
using Spectre.Console;
using SwiftNet.Imaging.Scoring;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>The figures as a table, as plain text where the output is no terminal, and as CSV.</summary>
internal static class EvaluationReport
{
    private static readonly string[] s_headings =
    [
        "sequence", "objects", "frames", "J mean", "recall", "decay", "F mean", "recall", "decay", "J first fifth", "last fifth",
        "written %", "FPS",
    ];

    /// <summary>Writes a row for each sequence, one for all, and the line of the four figures, which is the last.</summary>
    public static void Write(IReadOnlyList<SequenceResult> results, IAnsiConsole console)
    {
        var all = new EvaluationSummary("all objects", results);
        var rows = results.Select(r => Row(new EvaluationSummary(r.Name, [r]))).Append(Row(all)).ToList();
        FigureTable.Write(s_headings, rows, console);
        foreach (var size in SizeClass.All)
        {
            var some = new EvaluationSummary(size.Name, results, size);
            if (some.Objects > 0 && some.Objects < all.Objects)
            {
                console.Profile.Out.Writer.WriteLine(SizeLine(some));
            }
        }

        if (WindowLine(all) is { } windows)
        {
            console.Profile.Out.Writer.WriteLine(windows);
        }

        console.Profile.Out.Writer.WriteLine(LastLine(all));
    }

    /// <summary>The four figures: J and F times 100, and frames a second.</summary>
    public static string LastLine(EvaluationSummary all) => all.Objects == 0
        ? $"J&F - J - F - FPS {all.Rate:0.0}"
        : $"J&F {50 * (all.J.Mean + all.F.Mean):0.0} J {100 * all.J.Mean:0.0} F {100 * all.F.Mean:0.0} FPS {all.Rate:0.0}";

    private static string SizeLine(EvaluationSummary of) =>
        $"{of.Objects} objects {of.Name} of the picture: J&F {100 * of.JF:0.0} J {100 * of.J.Mean:0.0} F {100 * of.F.Mean:0.0}";

    /// <summary>Network pixels a frame and the shares of frames on which a window moved, changed its shape or was the whole frame; null
    /// where there were no windows.</summary>
    public static string? WindowLine(EvaluationSummary all)
    {
        if (all.Windows is not { Steps: > 0 } windows)
        {
            return null;
        }

        double frames = Math.Max(1, all.FollowedFrames);
        return $"pixels {windows.Pixels / frames:0} moved {100 * windows.Moves / frames:0.0} % reshaped "
            + $"{100 * windows.Reshapes / frames:0.0} % whole {100.0 * windows.WholeSteps / windows.Steps:0.0} %";
    }

    /// <summary>Writes a line for each object.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void WriteCsv(IReadOnlyList<SequenceResult> results, string path)
    {
        var text = new StringBuilder(
            "sequence,object,scored_frames,J_mean,J_recall,J_decay,F_mean,F_recall,F_decay,J_first_fifth,J_last_fifth,write_rate,fps\n");
        foreach (var result in results)
        {
            var summary = new EvaluationSummary(result.Name, [result]);
            foreach (var one in result.Objects)
            {
                var (j, f) = (one.J, one.F);
                text.Append(
                    $"{result.Name},{one.Id},{one.Region.Count},{j.Mean:R},{j.Recall:R},{j.Decay:R},{f.Mean:R},{f.Recall:R},{f.Decay:R},")
                    .Append($"{one.FirstFifth:R},{one.LastFifth:R},{summary.WriteRate:R},{summary.Rate:0.###}\n");
            }
        }

        FigureTable.Keep(path, text.ToString());
    }

    private static string[] Row(EvaluationSummary of) => of.Objects == 0
        ? [of.Name, "0", $"{of.Frames}", .. Enumerable.Repeat("-", 8), $"{100 * of.WriteRate:0.0}", $"{of.Rate:0.0}"]
        :
        [
            of.Name, $"{of.Objects}", $"{of.Frames}",
            $"{100 * of.J.Mean:0.0}", $"{100 * of.J.Recall:0.0}", $"{100 * of.J.Decay:0.0}",
            $"{100 * of.F.Mean:0.0}", $"{100 * of.F.Recall:0.0}", $"{100 * of.F.Decay:0.0}",
            $"{100 * of.FirstFifth:0.0}", $"{100 * of.LastFifth:0.0}", $"{100 * of.WriteRate:0.0}", $"{of.Rate:0.0}",
        ];
}
