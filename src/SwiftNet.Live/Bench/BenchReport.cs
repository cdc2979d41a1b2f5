using Spectre.Console;

namespace SwiftNet.Live.Bench;

/// <summary>The tables of <c>bench</c>.</summary>
internal static class BenchReport
{
    private const double Giga = 1e9;

    private static readonly string[] s_parts = ["preprocess", "encode", "match", "decode", "postprocess", "write"];

    /// <summary>A frame's time by part, for each case of the fast path: median / 95 % / 99 %.</summary>
    public static Table Parts(IEnumerable<(BenchCase Case, IReadOnlyList<BenchResult> Results)> rows)
    {
        var table = new Table()
            .Title("milliseconds a frame: median / p95 / p99")
            .AddColumns("size", "objects", "previous", "total")
            .AddColumns(s_parts)
            .AddColumns("written", "bytes", "tensors", "GMAC", "GMAC/s");
        foreach (var (bench, results) in rows)
        {
            var total = Join(results, "total");
            var work = results[0].MultiplyAdds.Values.Sum() / Giga;
            table.AddRow(
            [
                bench.Size.ToString(), bench.Objects.ToString(), bench.PreviousFrame ? "on" : "off", Percentiles(total),
                .. s_parts.Select(part => Percentiles(Join(results, part))),
                $"{results.Average(r => r.WriteRate):P0}", $"{results.Max(r => r.AllocatedBytes)}", $"{results.Max(r => r.LiveTensors)}",
                $"{work:0.00}", $"{work / Percentile(total, 0.5) * 1000:0}",
            ]);
        }

        return table;
    }

    /// <summary>The fast path in each number format, by medians, beside what the processor reaches in a large layer.</summary>
    public static Table Formats(
        IReadOnlyList<Precision> formats,
        IReadOnlyList<FormatTiming> peaks,
        IEnumerable<(BenchCase Case, Func<Precision, IReadOnlyList<BenchResult>> Of)> rows)
    {
        var table = new Table()
            .Title("milliseconds a frame, median, and GMAC/s in each number format")
            .AddColumns("size", "objects", "previous");
        foreach (var format in formats)
        {
            var name = format.ToString().ToLowerInvariant();
            var peak = peaks.FirstOrDefault(p => p.Format == name);
            table.AddColumn($"{name}, {peak.GigaMacs:0} GMAC/s at best");
        }

        table.AddColumns([.. formats.Skip(1).Select(format => $"{format} / {formats[0]}".ToLowerInvariant())]);
        foreach (var (bench, of) in rows)
        {
            var medians = formats.Select(format => Percentile(Join(of(format), "total"), 0.5)).ToArray();
            var work = of(formats[0])[0].MultiplyAdds.Values.Sum() / Giga;
            table.AddRow(
            [
                bench.Size.ToString(), bench.Objects.ToString(), bench.PreviousFrame ? "on" : "off",
                .. medians.Select(median => $"{median:0.0}, {work / median * 1000:0} GMAC/s"),
                .. medians.Skip(1).Select(median => $"{median / medians[0]:0.00}"),
            ]);
        }

        return table;
    }

    /// <summary>The fast path beside the plain ones, by medians.</summary>
    public static Table Ratios(IEnumerable<(BenchCase Case, Dictionary<BenchPath, double> Medians)> rows)
    {
        var table = new Table().Title("milliseconds a frame, median: this path and the plain one (float32, NCHW, unfolded)")
            .AddColumns(
                "size",
                "objects",
                "previous",
                "fast",
                "in the pipeline",
                "plain",
                "plain, malloc's defaults",
                "plain / fast",
                "plain, defaults / fast");
        foreach (var (bench, medians) in rows)
        {
            var fast = medians[BenchPath.Fast];
            table.AddRow(
                bench.Size.ToString(), bench.Objects.ToString(), bench.PreviousFrame ? "on" : "off", $"{fast:0.0}",
                Shown(medians, BenchPath.Pipeline), Shown(medians, BenchPath.Plain), Shown(medians, BenchPath.PlainDefaultMalloc),
                Ratio(medians, BenchPath.Plain), Ratio(medians, BenchPath.PlainDefaultMalloc));
        }

        return table;
    }

    /// <summary>Multiply-adds by part, and by layer where asked for.</summary>
    public static Table MultiplyAdds(IReadOnlyList<(BenchCase Case, BenchResult Result)> columns, bool byLayer)
    {
        var table = new Table().Title("10⁹ multiply-adds a frame").AddColumn("part");
        foreach (var (bench, _) in columns)
        {
            table.AddColumn($"{bench.Size}, {bench.Objects}");
        }

        var sums = columns.Select(c => byLayer
            ? [.. c.Result.MultiplyAdds.Select(l => (l.Key, l.Value))]
            : MultiplyAddTable.ByPart(c.Result.MultiplyAdds)).ToArray();
        for (var row = 0; row < sums[0].Count; row++)
        {
            table.AddRow([sums[0][row].Item1, .. sums.Select(s => $"{s[row].Item2 / Giga:0.000}")]);
        }

        table.AddRow(["all", .. columns.Select(c => $"{c.Result.MultiplyAdds.Values.Sum() / Giga:0.000}")]);
        return table.AddRow(
            [
                "all, as defined",
                .. columns.Select(
                    c =>
                        $"{MultiplyAddTable.ByPartAsDefined(c.Result.MultiplyAdds, c.Case.Objects).Sum(p => p.MultiplyAdds) / Giga:0.000}"),
            ]);
    }

    /// <summary>How much a long run grew.</summary>
    public static string Resident(BenchCase bench, IReadOnlyList<BenchResult> results, int frames)
    {
        const double MebiByte = 1 << 20;
        var settled = results.Average(r => r.ResidentWhenSettled);
        var end = results.Average(r => r.ResidentAtEnd);
        return $"{bench.Size}, {bench.Objects} object(s), previous frame {(bench.PreviousFrame ? "on" : "off")}: {settled / MebiByte:0.0} "
            + $"MiB resident after {BenchRun.SettledFrames} frames, "
            + $"{end / MebiByte:0.0} MiB after {frames} ({(end / settled) - 1:+0.0 %;-0.0 %})";
    }

    /// <summary>The value that a share of the samples does not exceed.</summary>
    public static double Percentile(double[] samples, double share)
    {
        var sorted = samples.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(sorted.Length * share))];
    }

    /// <summary>A part's samples of all rounds.</summary>
    public static double[] Join(IEnumerable<BenchResult> results, string part) => [.. results.SelectMany(r => r.Parts[part])];

    private static string Percentiles(double[] samples) =>
        $"{Percentile(samples, 0.5):0.0} / {Percentile(samples, 0.95):0.0} / {Percentile(samples, 0.99):0.0}";

    private static string Shown(Dictionary<BenchPath, double> medians, BenchPath path) =>
        medians.TryGetValue(path, out var median) ? $"{median:0.0}" : "";

    private static string Ratio(Dictionary<BenchPath, double> medians, BenchPath path) =>
        medians.TryGetValue(path, out var median) ? $"{median / medians[BenchPath.Fast]:0.00}" : "";
}
