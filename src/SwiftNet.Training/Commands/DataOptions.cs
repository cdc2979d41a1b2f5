using System.CommandLine;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Run;

namespace SwiftNet.Training.Commands;

/// <summary>Where the data are, for the commands that read them.</summary>
internal static class DataOptions
{
    private static readonly Option<string> s_stills = new("--stills") { Description = "Photographs: a folder of images, masks, cutouts and backgrounds", Required = true, HelpName = "DIR" };
    private static readonly Option<string?> s_davis = new("--davis") { Description = "DAVIS: the folder of JPEGImages, Annotations and ImageSets", HelpName = "ROOT" };
    private static readonly Option<int> s_year = new("--year") { Description = "DAVIS: 2016 takes all objects as one, 2017 each for itself", DefaultValueFactory = _ => 2016 };
    private static readonly Option<string> s_split = new("--split") { Description = "DAVIS: the list of sequences to train on", DefaultValueFactory = _ => "train", HelpName = "NAME" };

    private static readonly Option<string?> s_youTubeVos = new("--youtube-vos") { Description = "YouTube-VOS: the folder of JPEGImages and Annotations", HelpName = "ROOT" };
    private static readonly Option<string[]> s_videos = new("--videos") { Description = "More videos: a folder in DAVIS 2017's layout; may be given more than once", HelpName = "ROOT" };
    private static readonly Option<string> s_videosList = new("--videos-list") { Description = "The list of sequences of --videos", DefaultValueFactory = _ => "all", HelpName = "NAME" };
    private static readonly Option<string?> s_videosTraits = new("--videos-traits") { Description = $"The table of traits of --videos; default {TraitsTable.FileName} in each folder, where there is one", HelpName = "FILE" };
    private static readonly Option<string[]> s_exclude = new("--exclude") { Description = "A list of sequences that are never trained on; may be given more than once", HelpName = "FILE" };

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Add(s_stills);
        command.Add(s_davis);
        command.Add(s_year);
        command.Add(s_split);
        command.Add(s_youTubeVos);
        command.Add(s_videos);
        command.Add(s_videosList);
        command.Add(s_videosTraits);
        command.Add(s_exclude);
    }

    /// <summary>What the command line says.</summary>
    public static TrainingData Read(ParseResult command) =>
        new(command.GetValue(s_stills)!, command.GetValue(s_davis), command.GetValue(s_year), command.GetValue(s_split)!, command.GetValue(s_youTubeVos))
        {
            Videos = command.GetValue(s_videos) ?? [],
            VideosList = command.GetValue(s_videosList)!,
            VideosTraits = command.GetValue(s_videosTraits),
            Exclude = command.GetValue(s_exclude) ?? [],
        };
}
