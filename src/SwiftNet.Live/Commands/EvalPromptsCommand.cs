using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using OpenCvSharp;
using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Commands;

/// <summary><c>eval-prompts</c>: how good the masks are that boxes and points give on first frames, and how long they take.</summary>
internal static class EvalPromptsCommand
{
    private static readonly Option<string> s_davis = new("--davis")
    {
        Description = "DAVIS: the folder of JPEGImages, Annotations and ImageSets",
        HelpName = "ROOT",
        Required = true,
    };

    private static readonly Option<int> s_year = new("--year")
    {
        Description = "2016 takes all objects as one, 2017 each for itself",
        DefaultValueFactory = _ => 2016,
    };

    private static readonly Option<string> s_splits = new("--splits")
    {
        Description = "The lists of sequences",
        HelpName = "a,b,…",
        DefaultValueFactory = _ => "train,val",
    };

    private static readonly Option<bool> s_fast = new("--fast-only") { Description = "Only the way that the service goes" };

    private static readonly Option<string?> s_pictures = new("--pictures")
    {
        Description = "Keeps pictures of that way's masks here",
        HelpName = "DIR",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("eval-prompts", "Scores the masks that boxes and points give on the first frames of DAVIS")
        {
            s_davis, s_year, s_splits, s_fast, s_pictures,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        var settings = CommonOptions.Load(command, quiet: true).Settings;
        var objects = Split(command.GetValue(s_splits)!)
            .SelectMany(split => DavisDataset.Open(command.GetValue(s_davis)!, Year(command), split))
            .SelectMany(Objects)
            .ToList();

        Cv2.SetNumThreads(settings.Preprocess.Threads);
        using var network = new SharedNetwork(settings, NullLogger<SharedNetwork>.Instance);
        var pictures = command.GetValue(s_pictures) is { } folder ? new PromptPictures(folder) : null;
        List<PromptTrial> trials = [new("network", new PromptMask(network), pictures is null ? null : pictures.Write)];
        if (!command.GetValue(s_fast))
        {
            trials.AddRange(
            [
                new("GrabCut 320 px", new PromptMask(null)),
                new("GrabCut 480 px", new PromptMask(null, longestSide: 480)),
                new("GrabCut, no bound", new PromptMask(null, longestSide: 0)),
                new("GrabCut 320 px, refined", new PromptMask(network, grabCutFirst: true)),
            ]);
        }

        // Once for nothing: the first use of each part of the libraries is slow.
        Array.ForEach([.. trials], trial => new PromptTrial("", trial.Masks).Run(objects[0]));
        foreach (var (number, one) in objects.Index())
        {
            // In turn, so that whatever else the machine does slows all of them.
            trials.ForEach(trial => trial.Run(one));
            Console.Error.WriteLine(
                $"{number + 1}/{objects.Count} {one.Name}: box {100 * trials[0].Box[^1]:0}, points "
                    + $"{string.Join(", ", trials[0].Points.Select(p => $"{100 * p[^1]:0}"))}");
        }

        PromptReport.Write(trials, Console.Out);
        return 0;
    }

    private static int Year(ParseResult command) => command.GetValue(s_year) is (2016 or 2017) and var year
        ? year
        : throw new UserErrorException($"There is no DAVIS {command.GetValue(s_year)}; --year is 2016 or 2017.");

    private static string[] Split(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } some
        ? some
        : throw new UserErrorException("Name a split: --splits train,val.");

    private static IEnumerable<PromptedObject> Objects(BenchmarkSequence sequence)
    {
        using var source = new ImageFolderSource(sequence.Pictures, TimeProvider.System);
        using var frame = source.Read(CancellationToken.None)!;
        var truth = sequence.ReadTruth(frame.Name, frame.Width, frame.Height)!;
        var ids = truth.DistinctIds();
        foreach (var id in ids)
        {
            yield return new PromptedObject(
                ids.Length == 1 ? sequence.Name : $"{sequence.Name}-{id}",
                [.. frame.Pixels.Array],
                frame.Width,
                frame.Height,
                Array.ConvertAll(truth.Ids, other => other == id ? (byte)1 : (byte)0));
        }
    }
}
