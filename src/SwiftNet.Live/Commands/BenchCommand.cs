using System.CommandLine;
using Spectre.Console;
using SwiftNet.Live.Bench;
using SwiftNet.Network;

namespace SwiftNet.Live.Commands;

/// <summary><c>bench</c>: how long a frame takes here, where the time goes, and what the fast path is worth.</summary>
internal static class BenchCommand
{
    // Sizes with the object counts that a two-core machine is asked about.
    private static readonly (string Size, int[] Objects)[] s_default =
    [
        ("854x480", [1, 3]), ("576x320", [1]), ("384x224", [1, 3, 5]), ("320x176", [1]),
    ];

    private static readonly Option<string[]> s_size = new("--size")
    {
        Description = "Sizes to measure (default: 854x480 576x320 384x224 320x176)",
        HelpName = "WxH",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int[]> s_objects = new("--objects")
    {
        Description = "Object counts to measure (default: what fits the size)",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> s_previous = new("--previous")
    {
        Description = "Memory:PreviousFrame on, off or both",
        DefaultValueFactory = _ => "both",
    };

    private static readonly Option<int> s_frames = new("--frames")
    {
        Description = "Frames measured in each round",
        DefaultValueFactory = _ => 40,
    };

    private static readonly Option<int> s_rounds = new("--rounds")
    {
        Description = "Rounds; the ways take turns in each",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<bool> s_layers = new("--layers") { Description = "Multiply-adds by layer instead of by part" };

    private static readonly Option<bool> s_fast = new("--fast-only") { Description = "Leave out the plain path and the pipeline" };

    private static readonly Option<bool> s_formats = new("--formats")
    {
        Description = "Compare the number formats alone, in turns: float32, bfloat16 and int8",
    };

    private static readonly Option<bool> s_windows = new("--windows")
    {
        Description =
            "Compare windows on and off, in turns, for frames of 854x480, 1920x1080 and 3840x2160; --Segment:Size is the network's pixels",
    };

    private static readonly Option<BenchPath?> s_measure = new("--measure") { Hidden = true };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("bench", "Measures a frame's time, part by part, beside the plain path")
        {
            s_size, s_objects, s_previous, s_frames, s_rounds, s_layers, s_fast, s_formats, s_windows, s_measure,
        };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command)
    {
        var configured = CommonOptions.Load(command, quiet: true);
        var frames = command.GetValue(s_frames);
        if (frames is < 1 or > 100_000 || command.GetValue(s_rounds) is < 1 or > 1_000)
        {
            throw new UserErrorException("bench measures 1 to 100,000 frames in 1 to 1,000 rounds. Check --frames and --rounds.");
        }

        if (command.GetValue(s_windows))
        {
            AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 240 : AnsiConsole.Profile.Width;
            AnsiConsole.MarkupLineInterpolated($"{Processor.Name}, {Environment.ProcessorCount} cores");
            AnsiConsole.Write(WindowReport.Measure(configured.Settings, frames, command.GetValue(s_rounds)));
            return 0;
        }

        var cases = Cases(command);
        if (command.GetValue(s_measure) is { } path)
        {
            var bench = cases[0] with { Path = path };
            BenchChild.Write(
                path == BenchPath.Pipeline
                    ? await BenchPipeline.MeasureAsync(configured, bench, frames)
                    : BenchRun.Measure(configured.Settings, bench, frames));
            return 0;
        }

        if (command.GetValue(s_formats))
        {
            await CompareFormatsAsync(cases, command, frames);
            return 0;
        }

        var results = await MeasureAllAsync(cases, command, frames);
        IReadOnlyList<BenchResult> Of(BenchCase bench, BenchPath path) => results.GetValueOrDefault(bench with { Path = path }, []);
        // A redirected table has no terminal to fit into.
        AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 240 : AnsiConsole.Profile.Width;
        AnsiConsole.MarkupLineInterpolated($"{Processor.Name}, {Environment.ProcessorCount} cores, {Of(cases[0], BenchPath.Fast)[0].Format}, memory of {configured.Settings.Memory.CapacityFrames} frames, full");
        AnsiConsole.Write(BenchReport.Parts(cases.Select(c => (c, Of(c, BenchPath.Fast)))));
        if (!command.GetValue(s_fast))
        {
            AnsiConsole.Write(BenchReport.Ratios(cases.Select(c => (c, Medians(c, Of)))));
        }

        foreach (var bench in cases.Where(_ => frames > BenchRun.SettledFrames))
        {
            AnsiConsole.WriteLine(BenchReport.Resident(bench, Of(bench, BenchPath.Fast), frames));
        }

        AnsiConsole.Write(
            BenchReport.MultiplyAdds(
                [.. cases.Where(c => c.PreviousFrame == cases[0].PreviousFrame).Select(c => (c, Of(c, BenchPath.Fast)[0]))],
                command.GetValue(s_layers)));
        return 0;
    }

    private static async Task CompareFormatsAsync(List<BenchCase> cases, ParseResult command, int frames)
    {
        var peaks = FormatTimer.Peak();
        var formats = Enum.GetValues<Precision>()
            .Where(format => Array.Exists(peaks, p => string.Equals(p.Format, format.ToString(), StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        var results = new Dictionary<BenchCase, List<BenchResult>>();
        foreach (var bench in cases)
        {
            for (var round = 0; round < command.GetValue(s_rounds); round++)
            {
                foreach (var format in formats)
                {
                    var one = bench with { Precision = format };
                    results.TryAdd(one, []);
                    results[one].Add(await BenchChild.MeasureAsync(one, frames, CommonOptions.Overrides(command)));
                }
            }

            await Console.Error.WriteLineAsync(
                $"measured {bench.Size}, {bench.Objects} object(s), previous frame {(bench.PreviousFrame ? "on" : "off")}");
        }

        AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 240 : AnsiConsole.Profile.Width;
        AnsiConsole.MarkupLineInterpolated($"{Processor.Name}, {Environment.ProcessorCount} cores");
        AnsiConsole.Write(BenchReport.Formats(
            formats, peaks,
            cases.Select(
                bench => (bench, (Func<Precision, IReadOnlyList<BenchResult>>)(format => results[bench with { Precision = format }])))));
    }

    private static List<BenchCase> Cases(ParseResult command)
    {
        var counts = command.GetValue(s_objects) is { Length: > 0 } given ? given : null;
        if (Array.Exists(counts ?? [], n => n is < 1 or > 16))
        {
            throw new UserErrorException("bench follows 1 to 16 objects. Check --objects.");
        }

        bool[] previous = command.GetValue(s_previous) switch
        {
            "on" => [true],
            "off" => [false],
            "both" => [true, false],
            var other => throw new UserErrorException($"--previous {other} is not on, off or both."),
        };
        var sizes = command.GetValue(s_size) is { Length: > 0 } named ? Array.ConvertAll(named, size => (size, new[] { 1 })) : s_default;
        return
        [
            .. from size in sizes
               from objects in counts ?? size.Item2
               from withPrevious in previous
               select new BenchCase(BenchChild.Size(size.Item1), objects, withPrevious, BenchPath.Fast),
        ];
    }

    private static async Task<Dictionary<BenchCase, List<BenchResult>>> MeasureAllAsync(
        List<BenchCase> cases, ParseResult command, int frames)
    {
        var results = new Dictionary<BenchCase, List<BenchResult>>();
        var paths = command.GetValue(s_fast) ? [BenchPath.Fast] : Enum.GetValues<BenchPath>();
        var rounds = command.GetValue(s_rounds);
        foreach (var bench in cases)
        {
            // Interleaved: what the machine does besides falls on all ways alike.
            for (var round = 0; round < rounds; round++)
            {
                foreach (var path in paths)
                {
                    // The plain ways serve the ratio alone; a third of the frames is enough for a median.
                    // The pipeline gives one figure a run, so its first frames must weigh little.
                    var count = path switch
                    {
                        BenchPath.Plain or BenchPath.PlainDefaultMalloc => Math.Max(5, frames / 3),
                        BenchPath.Pipeline => 4 * frames,
                        _ => frames,
                    };
                    var one = bench with { Path = path };
                    results.TryAdd(one, []);
                    results[one].Add(await BenchChild.MeasureAsync(one, count, CommonOptions.Overrides(command)));
                }
            }

            await Console.Error.WriteLineAsync(
                $"measured {bench.Size}, {bench.Objects} object(s), previous frame {(bench.PreviousFrame ? "on" : "off")}");
        }

        return results;
    }

    private static Dictionary<BenchPath, double> Medians(BenchCase bench, Func<BenchCase, BenchPath, IReadOnlyList<BenchResult>> of) =>
        Enum.GetValues<BenchPath>()
            .Where(path => of(bench, path).Count > 0)
            .ToDictionary(path => path, path => BenchReport.Percentile(BenchReport.Join(of(bench, path), "total"), 0.5));
}
