using System.CommandLine;
using OpenCvSharp;
using Spectre.Console;
using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Live.Commands.Eval.Sweep;
using SwiftNet.Live.Options;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Commands;

/// <summary><c>eval</c>: a benchmark's sequences segmented and scored as its published evaluator scores them.</summary>
internal static class EvalCommand
{
    private static readonly Option<string?> s_davis = new("--davis")
    {
        Description = "DAVIS: the folder of JPEGImages, Annotations and ImageSets",
        HelpName = "ROOT",
    };

    private static readonly Option<string?> s_youTubeVos = new("--youtube-vos")
    {
        Description = "YouTube-VOS: the folder of JPEGImages and Annotations, or of the splits",
        HelpName = "ROOT",
    };

    private static readonly Option<int> s_year = new("--year")
    {
        Description = "DAVIS: 2016 takes all objects as one, 2017 each for itself",
        DefaultValueFactory = _ => 2017,
    };

    private static readonly Option<string?> s_split = new("--split")
    {
        Description = "The list of sequences; default val for DAVIS, valid for YouTube-VOS",
        HelpName = "NAME",
    };

    private static readonly Option<string?> s_sequences = new("--sequences") { Description = "Only these", HelpName = "a,b,…" };

    private static readonly Option<string?> s_masks = new("--masks")
    {
        Description = "Keeps the results here, in the benchmark's submission layout",
        HelpName = "DIR",
    };

    private static readonly Option<string?> s_csv = new("--csv") { Description = "Writes a line for each object", HelpName = "FILE" };

    private static readonly Option<string?> s_absence = new("--absence")
    {
        Description = "Instead of scoring: are objects found again that the clips of this list take out of the picture for a while",
        HelpName = "LIST",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("eval", "Segments and scores the sequences of DAVIS or YouTube-VOS")
        {
            s_davis, s_youTubeVos, s_year, s_split, s_sequences, s_masks, s_csv, s_absence,
        };
        SweepCommandLine.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        var settings = CommonOptions.Load(command, quiet: true).Settings;
        if (command.GetValue(s_absence) is { } list)
        {
            return RunAbsence(
                AbsenceClip.Read(list),
                command.GetValue(s_davis)
                    ?? throw new UserErrorException("The clips are made from DAVIS: name its folder by --davis ROOT."),
                settings);
        }

        var sequences = Select(Open(command), command.GetValue(s_sequences));
        if (SweepCommandLine.Read(command, settings.Memory) is var (sweep, folder))
        {
            return RunSweep(command, new SweepCommand(sweep, folder), sequences, settings);
        }

        using var model = Load(settings);
        var results = new List<SequenceResult>();
        foreach (var sequence in sequences)
        {
            using var run = new SequenceRun(sequence, model, settings, command.GetValue(s_masks));
            results.Add(run.Run());
            var one = new EvaluationSummary(sequence.Name, [results[^1]]);
            Console.Error.WriteLine(
                $"{results.Count}/{sequences.Count} {sequence.Name}: "
                    + $"{EvaluationReport.LastLine(one)}{(EvaluationReport.WindowLine(one) is { } windows ? ", " + windows : "")}");
        }

        if (command.GetValue(s_csv) is { } csv)
        {
            EvaluationReport.WriteCsv(results, csv);
        }

        EvaluationReport.Write(results, AnsiConsole.Console);
        return 0;
    }

    private static int RunAbsence(IReadOnlyList<AbsenceClip> clips, string root, Settings settings)
    {
        var sequences = clips.Select(clip => DavisDataset.Sequence(root, clip.Sequence, 2016)).ToArray();
        using var model = Load(settings);
        AbsenceReport.Write(clips.Zip(sequences, (clip, sequence) => new AbsenceRun(clip, sequence, model, settings)), Console.Out);
        return 0;
    }

    private static int RunSweep(ParseResult command, SweepCommand sweep, IReadOnlyList<BenchmarkSequence> sequences, Settings settings)
    {
        if ((command.GetValue(s_masks) ?? command.GetValue(s_csv)) is not null)
        {
            throw new UserErrorException("A sweep keeps its own tables and no masks: leave --masks and --csv out.");
        }

        using var model = Load(settings);
        sweep.Run(sequences, model, settings);
        return 0;
    }

    private static SwiftNetModel Load(Settings settings)
    {
        Cv2.SetNumThreads(settings.Preprocess.Threads);
        return SwiftNetModel.Load(
            WeightsFile.Find(settings.Segment.Weights), settings.Segment.Device, settings.Segment.Precision, settings.Segment.Threads);
    }

    private static IReadOnlyList<BenchmarkSequence> Open(ParseResult command) =>
        (command.GetValue(s_davis), command.GetValue(s_youTubeVos), command.GetValue(s_year)) switch
        {
            ({ } root, null, (2016 or 2017) and var year) => DavisDataset.Open(root, year, command.GetValue(s_split) ?? "val"),
            ({ }, null, var year) => throw new UserErrorException($"There is no DAVIS {year}; --year is 2016 or 2017."),
            (null, { } root, _) => YouTubeVosDataset.Open(root, command.GetValue(s_split) ?? "valid"),
            _ => throw new UserErrorException("Name one benchmark: --davis ROOT or --youtube-vos ROOT."),
        };

    private static IReadOnlyList<BenchmarkSequence> Select(IReadOnlyList<BenchmarkSequence> all, string? names)
    {
        if (names is null)
        {
            return all;
        }

        var wanted = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = wanted.Except(all.Select(s => s.Name)).ToArray();
        return wanted.Length > 0 && unknown.Length == 0
            ? [.. all.Where(s => wanted.Contains(s.Name))]
            : throw new UserErrorException(
                $"The split has no sequence {string.Join(", ", unknown)}; it has "
                    + $"{string.Join(", ", all.Select(s => s.Name).Take(20))}{(all.Count > 20 ? ", …" : "")}.");
    }
}
