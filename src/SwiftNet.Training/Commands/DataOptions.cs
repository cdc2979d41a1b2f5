using System.CommandLine;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Run;

namespace SwiftNet.Training.Commands;

/// <summary>Options for the training data, shared by several commands.</summary>
internal static class DataOptions
{
    private static readonly Option<string> s_stills = new("--stills")
    {
        Description = "Photographs: a folder with images, masks, cutouts and backgrounds",
        Required = true,
        HelpName = "DIR",
    };
    private static readonly Option<string?> s_davis = new("--davis")
    {
        Description = "DAVIS: the folder with JPEGImages, Annotations and ImageSets",
        HelpName = "ROOT",
    };
    private static readonly Option<int> s_year = new("--year")
    {
        Description = "DAVIS: 2016 merges all objects into one, 2017 keeps them separate",
        DefaultValueFactory = _ => 2016,
    };
    private static readonly Option<string> s_split = new("--split")
    {
        Description = "DAVIS: name of the list of training sequences",
        DefaultValueFactory = _ => "train",
        HelpName = "NAME",
    };

    private static readonly Option<string?> s_youTubeVos = new("--youtube-vos")
    {
        Description = "YouTube-VOS: the folder with JPEGImages and Annotations",
        HelpName = "ROOT",
    };
    private static readonly Option<string[]> s_videos = new("--videos")
    {
        Description = "More videos: a folder in the layout of DAVIS 2017; may be repeated",
        HelpName = "ROOT",
    };
    private static readonly Option<string> s_videosList = new("--videos-list")
    {
        Description = "Name of the list of sequences in --videos",
        DefaultValueFactory = _ => "all",
        HelpName = "NAME",
    };
    private static readonly Option<string?> s_videosTraits = new("--videos-traits")
    {
        Description = $"Table with the traits of the sequences in --videos; default: {TraitsTable.FileName} in each folder, if it exists",
        HelpName = "FILE",
    };
    private static readonly Option<string[]> s_exclude = new("--exclude")
    {
        Description = "A file that lists sequences excluded from training; may be repeated",
        HelpName = "FILE",
    };

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

    /// <summary>Reads the options from the command line.</summary>
    public static TrainingData Read(ParseResult command) =>
        new(
            command.GetValue(s_stills)!,
            command.GetValue(s_davis),
            command.GetValue(s_year),
            command.GetValue(s_split)!,
            command.GetValue(s_youTubeVos))
        {
            Videos = command.GetValue(s_videos) ?? [],
            VideosList = command.GetValue(s_videosList)!,
            VideosTraits = command.GetValue(s_videosTraits),
            Exclude = command.GetValue(s_exclude) ?? [],
        };
}
