using System.CommandLine;
using System.Globalization;
using OpenCvSharp;
using SwiftNet.Imaging.Scoring;
using SwiftNet.Tracking;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Commands;

/// <summary><c>evaluate</c>: scores weights on a split, with and without the previous frame in memory.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string?> s_weights = new("--weights") { Description = "The weights", HelpName = "FILE" };
    private static readonly Option<int> s_oracleGrid = new("--oracle-grid")
    {
        Description =
            "Instead of weights, scores the ground truth downsampled to a grid of this spacing in pixels, 1 to 64: the upper bound for a "
                + "decoder of that stride (the network's is 4)",
        HelpName = "N",
    };
    private static readonly Option<int> s_formerOracleGrid = FormerName.Of<int>("--ceiling");
    private static readonly Option<int> s_referenceOffset = new("--reference-offset")
    {
        Description =
            "Instead of whole sequences, scores every fifth frame on its own, with the ground truth this many frames "
                + "before as reference, 0 to 50",
        HelpName = "N",
    };
    private static readonly Option<int> s_formerReferenceOffset = FormerName.Of<int>("--told");
    private static readonly Option<string> s_davis = new("--davis")
    {
        Description = "DAVIS: the folder with JPEGImages, Annotations and ImageSets",
        Required = true,
        HelpName = "ROOT",
    };
    private static readonly Option<int> s_year = new("--year")
    {
        Description = "DAVIS: 2016 merges all objects into one, 2017 keeps them separate",
        DefaultValueFactory = _ => 2016,
    };
    private static readonly Option<string> s_split = new("--split")
    {
        Description = "Name of the list of sequences",
        DefaultValueFactory = _ => "val",
        HelpName = "NAME",
    };
    private static readonly Option<string?> s_list = new("--list")
    {
        Description = "A file that lists the sequences, instead of --split",
        HelpName = "FILE",
    };
    private static readonly Option<string?> s_sequences = new("--sequences") { Description = "Only these", HelpName = "a,b,…" };
    private static readonly Option<string?> s_previous = new("--previous-frame")
    {
        Description = "Whether the previous frame is part of memory: on or off; default: both are scored",
        HelpName = "on|off",
    };

    private static readonly Option<string> s_window = new("--window")
    {
        Description =
            "auto: windows follow the objects, with as many network pixels as --size has; off: the network processes the whole frame",
        DefaultValueFactory = _ => "off",
        HelpName = "auto|off",
    };

    /// <summary>The size to which frames are scaled.</summary>
    internal static Option<string> FrameSize { get; } = new("--size")
    {
        Description = "Frames are scaled down to fit into this size in pixels, WxH; native keeps their size",
        DefaultValueFactory = _ => "native",
        HelpName = "WxH",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("evaluate", "Scores weights on a split")
        {
            s_weights, s_oracleGrid, s_formerOracleGrid, s_referenceOffset, s_formerReferenceOffset, s_davis, s_year, s_split, s_list,
            s_sequences, s_previous, s_window, FrameSize, TrainCommand.Threads,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>Parses WxH; null for native.</summary>
    /// <exception cref="UserErrorException">The text is neither.</exception>
    internal static Size? Parse(string text)
    {
        if (text == "native")
        {
            return null;
        }

        var sides = text.Split('x');
        return sides.Length == 2
            && int.TryParse(sides[0], out var width)
            && int.TryParse(sides[1], out var height)
            && width >= 16
            && height >= 16
            ? new Size(width, height)
            : throw new UserErrorException($"--size is '{text}'; it must be native or WxH, such as 640x360.");
    }

    private static int Run(ParseResult command)
    {
        TrainCommand.PrepareTorch(command);
        Cv2.SetNumThreads(1);
        var wanted = command.GetValue(s_sequences)?.Split(',');
        var sequences = Open(command)
            .Where(s => wanted?.Contains(s.Name) ?? true).ToList();
        if (sequences.Count == 0)
        {
            throw new UserErrorException("There are no sequences to score.");
        }

        var size = Parse(command.GetValue(FrameSize)!);
        if (Number(command, command.Given(s_oracleGrid, s_formerOracleGrid), 1, 64) is { } stride)
        {
            var oracle = new OracleGridScore(size, stride);
            Print($"grid of {stride} pixels", sequences.ConvertAll(s => Report(oracle.Score(s))));
            return 0;
        }

        var weights = command.GetValue(s_weights) ?? throw new UserErrorException("--weights FILE is required.");
        var offset = Number(command, command.Given(s_referenceOffset, s_formerReferenceOffset), 0, 50);
        var split = new DevelopmentSplit(sequences, size, Windows(command, size));
        foreach (var on in command.GetValue(s_previous) switch { "on" => [true], "off" => [false], _ => (bool[])[true, false] })
        {
            Print($"previous frame {(on ? "on" : "off")}", split.Score(weights, on, one => Report(one), offset));
        }

        return 0;
    }

    /// <summary>The value of an option; null if it is not given.</summary>
    /// <exception cref="UserErrorException">The value is out of range.</exception>
    private static int? Number(ParseResult command, Option<int> option, int min, int max) =>
        command.GetResult(option) is null ? null
        : command.GetValue(option) is var value && value >= min && value <= max ? value
        : throw new UserErrorException($"{option.Name} is {value}; it must be from {min} to {max}.");

    private static bool Windows(ParseResult command, Size? size) => command.GetValue(s_window) switch
    {
        "off" => false,
        "auto" when size is null => throw new UserErrorException("--window auto needs --size WxH, whose pixels are the windows' budget."),
        "auto" => true,
        var other => throw new UserErrorException($"--window is '{other}'; it must be auto or off."),
    };

    private static List<VideoSequence> Open(ParseResult command)
    {
        var (root, year) = (command.GetValue(s_davis)!, command.GetValue(s_year));
        return command.GetValue(s_list) is { } list
            ? VideoSequences.OpenDavis(root, year, SequenceList.Read(list), _ => SequenceTraits.Default, Console.Error.WriteLine)
            : VideoSequences.OpenDavis(root, year, command.GetValue(s_split)!, _ => SequenceTraits.Default, Console.Error.WriteLine);
    }

    private static SequenceOutcome Report(SequenceOutcome one)
    {
        Console.Error.WriteLine(DevelopmentSplit.Line(one.Name, new SplitScore([one])));
        return one;
    }

    private static void Print(string name, List<SequenceOutcome> outcomes)
    {
        Console.WriteLine(DevelopmentSplit.Line(name, new SplitScore(outcomes)));
        foreach (var size in SizeClass.All)
        {
            var some = new SplitScore(outcomes.Select(o => o.OfSize(size)));
            if (some.Count > 0 && some.Count < outcomes.Sum(o => o.Objects.Count))
            {
                Console.WriteLine(DevelopmentSplit.Line($"  {some.Count} objects {size.Name} of the picture", some));
            }
        }

        var windows = outcomes.Aggregate(default(WindowCounters), (sum, one) => sum.With(one.Windows ?? default));
        if (windows.Steps > 0)
        {
            double frames = outcomes.Sum(o => o.Objects.Max(one => one.Region.Count));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {windows.Pixels / frames:0} network pixels a frame; windows moved on {100 * windows.Moves / frames:0.0} %, reshaped on "
                    + $"{100 * windows.Reshapes / frames:0.0} % of the frames"));
        }
    }
}
