using System.CommandLine;
using OpenCvSharp;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Commands;

/// <summary><c>make-split</c>: writes the multi-object split, to be scored by <c>swiftnet-live eval</c> or <c>evaluate</c>.</summary>
internal static class MakeSplitCommand
{
    private static readonly Option<string> s_output = new("--output") { Description = "The folder to write, in the layout of DAVIS", Required = true, HelpName = "DIR" };
    private static readonly Option<string> s_stills = new("--stills") { Description = "Photographs: objects of those held out from training are pasted", Required = true, HelpName = "DIR" };
    private static readonly Option<string> s_davis = new("--davis") { Description = "DAVIS 2016: the folder with JPEGImages, Annotations and ImageSets", Required = true, HelpName = "ROOT" };
    private static readonly Option<string> s_split = new("--split") { Description = "Name of the list of background sequences", DefaultValueFactory = _ => "val", HelpName = "NAME" };
    private static readonly Option<int> s_seed = new("--seed") { Description = "Random seed; the same seed writes the same split", DefaultValueFactory = _ => 1 };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("make-split", "Writes the multi-object split, made of held-out objects and videos") { s_output, s_stills, s_davis, s_split, s_seed };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        Cv2.SetNumThreads(1);
        var videos = VideoSequences.OpenDavis(command.GetValue(s_davis)!, 2016, command.GetValue(s_split)!, _ => SequenceTraits.Default, Console.Error.WriteLine);
        var stills = StillPictures.Open(command.GetValue(s_stills)!, HeldOut.Contains, Console.Error.WriteLine);
        if (videos.Count == 0 || stills.Scenes.Count == 0)
        {
            throw new UserErrorException("The split needs videos, and held-out photographs with masks; there are none in these folders.");
        }

        var names = new MultiObjectSplit(videos, stills, command.GetValue(s_seed)).Write(command.GetValue(s_output)!);
        Console.WriteLine($"{names.Count} sequences from {stills.Scenes.Count} held-out photographs; score them with: swiftnet-live eval --davis {command.GetValue(s_output)} --year 2017 --split {MultiObjectSplit.Name}");
        return 0;
    }
}
