using System.CommandLine;
using OpenCvSharp;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Commands;

/// <summary><c>evaluate</c>: scores weights on a split, with and without the previous frame in memory.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string?> s_weights = new("--weights") { Description = "The weights", HelpName = "FILE" };
    private static readonly Option<int> s_oracleGrid = new("--ceiling") { Description = "In place of weights: scores the truth on a grid of so many pixels, 1 to 64; the decoder's grid is of 4", HelpName = "N" };
    private static readonly Option<int> s_told = new("--told") { Description = "In place of whole sequences: every fifth frame alone, told the truth of so many frames before, 0 to 50; 0 is of the frame itself", HelpName = "N" };
    private static readonly Option<string> s_davis = new("--davis") { Description = "DAVIS: the folder with JPEGImages, Annotations and ImageSets", Required = true, HelpName = "ROOT" };
    private static readonly Option<int> s_year = new("--year") { Description = "DAVIS: 2016 merges all objects into one, 2017 keeps them separate", DefaultValueFactory = _ => 2016 };
    private static readonly Option<string> s_split = new("--split") { Description = "Name of the list of sequences", DefaultValueFactory = _ => "val", HelpName = "NAME" };
    private static readonly Option<string?> s_list = new("--list") { Description = "A file that lists the sequences, instead of --split", HelpName = "FILE" };
    private static readonly Option<string?> s_sequences = new("--sequences") { Description = "Only these", HelpName = "a,b,…" };
    private static readonly Option<string?> s_previous = new("--previous-frame") { Description = "Whether the previous frame is part of memory: on or off; default: both are scored", HelpName = "on|off" };

    private static readonly (string Name, double Least, double Most)[] s_sizes = [("below 1 %", 0, 0.01), ("of 1 to 5 %", 0.01, 0.05), ("above 5 %", 0.05, 2)];

    /// <summary>The size to which frames are scaled.</summary>
    internal static Option<string> FrameSize { get; } = new("--size") { Description = "Frames are scaled down to fit into this size in pixels, WxH; native keeps their size", DefaultValueFactory = _ => "native", HelpName = "WxH" };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("evaluate", "Scores weights on a split") { s_weights, s_oracleGrid, s_told, s_davis, s_year, s_split, s_list, s_sequences, s_previous, FrameSize, TrainCommand.Threads };
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
        return sides.Length == 2 && int.TryParse(sides[0], out var width) && int.TryParse(sides[1], out var height) && width >= 16 && height >= 16
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
        if (command.GetResult(s_oracleGrid) is not null)
        {
            var stride = command.GetValue(s_oracleGrid) is >= 1 and <= 64 and var step ? step : throw new UserErrorException("--ceiling is a number from 1 to 64.");
            var ceiling = new OracleGridScore(size, stride);
            Print($"grid of {stride} pixels", sequences.ConvertAll(s => Told(ceiling.Score(s))));
            return 0;
        }

        var weights = command.GetValue(s_weights) ?? throw new UserErrorException("--weights FILE is required.");
        int? told = command.GetResult(s_told) is null ? null
            : command.GetValue(s_told) is >= 0 and <= 50 and var before ? before : throw new UserErrorException("--told is a number from 0 to 50.");
        var split = new DevelopmentSplit(sequences, size);
        foreach (var on in command.GetValue(s_previous) switch { "on" => [true], "off" => [false], _ => (bool[])[true, false] })
        {
            Print($"previous frame {(on ? "on" : "off")}", split.Score(weights, on, one => Told(one), told));
        }

        return 0;
    }

    private static List<VideoSequence> Open(ParseResult command)
    {
        var (root, year) = (command.GetValue(s_davis)!, command.GetValue(s_year));
        return command.GetValue(s_list) is { } list
            ? VideoSequences.OpenDavis(root, year, SequenceList.Read(list), _ => SequenceTraits.Default, Console.Error.WriteLine)
            : VideoSequences.OpenDavis(root, year, command.GetValue(s_split)!, _ => SequenceTraits.Default, Console.Error.WriteLine);
    }

    private static SequenceOutcome Told(SequenceOutcome one)
    {
        Console.Error.WriteLine(DevelopmentSplit.Line(one.Name, new SplitScore([one])));
        return one;
    }

    private static void Print(string name, List<SequenceOutcome> outcomes)
    {
        Console.WriteLine(DevelopmentSplit.Line(name, new SplitScore(outcomes)));
        foreach (var (size, least, most) in s_sizes)
        {
            var some = new SplitScore(outcomes.Select(o => o.OfSize(least, most)));
            if (some.Count > 0 && some.Count < outcomes.Sum(o => o.Objects.Count))
            {
                Console.WriteLine(DevelopmentSplit.Line($"  {some.Count} objects {size} of the picture", some));
            }
        }
    }
}
