using System.CommandLine;
using OpenCvSharp;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Commands;

/// <summary><c>make-split</c>: writes a split of pasted objects, to be scored by <c>swiftnet-live eval</c> or <c>evaluate</c>.</summary>
internal static class MakeSplitCommand
{
    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The folder to write, in the layout of DAVIS",
        Required = true,
        HelpName = "DIR",
    };
    private static readonly Option<string> s_stills = new("--stills")
    {
        Description = "Photographs: objects of those held out from training are pasted",
        Required = true,
        HelpName = "DIR",
    };
    private static readonly Option<string?> s_davis = new("--davis")
    {
        Description =
            "DAVIS 2016, whose videos are the backgrounds: the folder with JPEGImages, Annotations and ImageSets; required without --size",
        HelpName = "ROOT",
    };
    private static readonly Option<string> s_split = new("--split")
    {
        Description = "Name of the list of background sequences",
        DefaultValueFactory = _ => "val",
        HelpName = "NAME",
    };
    private static readonly Option<string?> s_size = new("--size")
    {
        Description = "Instead: small objects in large pictures of this size in pixels, moving over photographs",
        HelpName = "WxH",
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Random seed; the same seed writes the same split",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("make-split", "Writes a split made of held-out objects: on videos, or in large pictures")
        {
            s_output, s_stills, s_davis, s_split, s_size, s_seed,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        Cv2.SetNumThreads(1);
        var stills = StillPictures.Open(command.GetValue(s_stills)!, HeldOut.Contains, Console.Error.WriteLine);
        var output = command.GetValue(s_output)!;
        var (name, names) = command.GetValue(s_size) is { } size
            ? (LargePictureSplit.Name, Large(stills, size, command.GetValue(s_seed)).Write(output))
            : (MultiObjectSplit.Name, OnVideos(stills, command).Write(output));
        Console.WriteLine(
            $"{names.Count} sequences from {stills.Scenes.Count} held-out photographs; "
            + $"score them with: swiftnet-live eval --davis {output} --year 2017 --split {name}");
        return 0;
    }

    private static MultiObjectSplit OnVideos(StillPictures stills, ParseResult command)
    {
        var root = command.GetValue(s_davis) ?? throw new UserErrorException("--davis ROOT is required without --size.");
        var videos = VideoSequences.OpenDavis(root, 2016, command.GetValue(s_split)!, _ => SequenceTraits.Default, Console.Error.WriteLine);
        return videos.Count > 0 && stills.Scenes.Count > 0
            ? new MultiObjectSplit(videos, stills, command.GetValue(s_seed))
            : throw new UserErrorException("The split needs videos, and held-out photographs with masks; there are none in these folders.");
    }

    private static LargePictureSplit Large(StillPictures stills, string size, int seed) =>
        EvaluateCommand.Parse(size) is not { } pixels
            ? throw new UserErrorException("--size is 'native'; it must be WxH, such as 1920x1080.")
        : stills.Scenes.Count > 0 && stills.Backgrounds.Count > 0 ? new LargePictureSplit(stills, pixels, seed)
        : throw new UserErrorException("The split needs held-out photographs with masks, and backgrounds; there are none in this folder.");
}
