using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Run;

/// <summary>Where the data are.</summary>
/// <param name="Stills">The folder of images, masks, cutouts and backgrounds.</param>
/// <param name="Davis">The folder of DAVIS, or null.</param>
/// <param name="Year">2016: one object a sequence; 2017: several.</param>
/// <param name="Split">The list of training sequences.</param>
/// <param name="YouTubeVos">The folder of YouTube-VOS's JPEGImages and Annotations, or null.</param>
internal sealed record TrainingData(string Stills, string? Davis, int Year = 2016, string Split = "train", string? YouTubeVos = null)
{
    /// <summary>More videos: folders in DAVIS 2017's layout, each with a table of its sequences' traits.</summary>
    public IReadOnlyList<string> Videos { get; init; } = [];

    /// <summary>The list of sequences in ImageSets/2017 of each of <see cref="Videos"/>.</summary>
    public string VideosList { get; init; } = "all";

    /// <summary>The table of traits of <see cref="Videos"/>; null for <see cref="TraitsTable.FileName"/> in each folder, where there is one.</summary>
    public string? VideosTraits { get; init; }

    /// <summary>Lists of sequences that are never trained on, wherever they are found.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    // Fast, deforming, occluded or small: where the prototype was worst.
    private static readonly HashSet<string> s_hard =
    [
        "bmx-bumps", "breakdance-flare", "dog-agility", "drift-turn", "horsejump-low", "kite-walk", "motocross-bumps", "paragliding",
        "rollerblade", "soccerball", "surf", "swing",
    ];

    /// <summary>What it is, without paths, for the exported weights.</summary>
    public string Words => string.Join(
        ", ",
        ((string?[])["photographs and cut-outs, those held out left aside", Davis is null ? null : $"DAVIS {Year} {Split}", YouTubeVos is null ? null : "YouTube-VOS", .. Videos.Select(v => $"{Path.GetFileName(Path.GetFullPath(v).TrimEnd(Path.DirectorySeparatorChar))} {VideosList}")]).Where(w => w is not null));

    /// <summary>Reads all and puts the maker of clips together.</summary>
    /// <param name="options">How clips are made.</param>
    /// <param name="unusable">Is told of each file that cannot be used.</param>
    public ClipMaker Open(TrainingOptions options, Action<string> unusable)
    {
        var stills = StillPictures.Open(Stills, name => !HeldOut.Contains(name), unusable);
        if (stills.Scenes.Count == 0)
        {
            throw new UserErrorException($"There are no photographs with masks in {Stills}: it needs the folders images and masks.");
        }

        var videos = OpenVideos(options, unusable);
        var regions = new RegionPictures(stills, videos, options.RegionShare);
        return new ClipMaker(new BackgroundPicker(stills, videos, regions, options), new LayerPicker(stills, regions, options), options);
    }

    /// <summary>Reads the videos.</summary>
    /// <param name="options">How often hard sequences are drawn.</param>
    /// <param name="unusable">Is called with a line for each thing that cannot be used.</param>
    internal List<VideoSequence> OpenVideos(TrainingOptions options, Action<string> unusable)
    {
        var videos = Davis is null ? [] : VideoSequences.OpenDavis(Davis, Year, Split, name => new SequenceTraits(s_hard.Contains(name) ? options.HardWeight : 1), unusable);
        if (YouTubeVos is not null)
        {
            videos.AddRange(VideoSequences.OpenYouTubeVos(YouTubeVos, _ => SequenceTraits.Default, unusable));
        }

        foreach (var root in Videos)
        {
            var table = VideosTraits ?? Path.Combine(root, TraitsTable.FileName);
            var traits = VideosTraits is not null || File.Exists(table) ? TraitsTable.Read(table) : TraitsTable.Empty;
            videos.AddRange(VideoSequences.OpenDavis(root, 2017, VideosList, traits.Of, unusable));
        }

        var excluded = Exclude.SelectMany(SequenceList.Read).ToHashSet(StringComparer.Ordinal);
        videos.RemoveAll(v => excluded.Contains(v.Name));
        return videos;
    }
}
