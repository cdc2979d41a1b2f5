using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Run;

/// <summary>Locations of the training data.</summary>
/// <param name="Stills">The folder with images, masks, cutouts and backgrounds.</param>
/// <param name="Davis">The folder of DAVIS; null = none.</param>
/// <param name="Year">2016: one object per sequence; 2017: several.</param>
/// <param name="Split">Name of the list of training sequences.</param>
/// <param name="YouTubeVos">The folder with YouTube-VOS's JPEGImages and Annotations; null = none.</param>
internal sealed record TrainingData(string Stills, string? Davis, int Year = 2016, string Split = "train", string? YouTubeVos = null)
{
    /// <summary>More videos: folders in the layout of DAVIS 2017, each with a table of its sequences' traits.</summary>
    public IReadOnlyList<string> Videos { get; init; } = [];

    /// <summary>Name of the list of sequences in ImageSets/2017 of each folder in <see cref="Videos"/>.</summary>
    public string VideosList { get; init; } = "all";

    /// <summary>Traits table of <see cref="Videos"/>; null = <see cref="TraitsTable.FileName"/> in each folder, if it exists.</summary>
    public string? VideosTraits { get; init; }

    /// <summary>Files that list sequences to exclude from training.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    // Fast, deforming, occluded or small objects, on which the prototype scored worst.
    private static readonly HashSet<string> s_hard =
    [
        "bmx-bumps", "breakdance-flare", "dog-agility", "drift-turn", "horsejump-low", "kite-walk", "motocross-bumps", "paragliding",
        "rollerblade", "soccerball", "surf", "swing",
    ];

    /// <summary>Description of the data without paths, for the exported weights' metadata.</summary>
    public string Words => string.Join(
        ", ",
        ((string?[])
        [
            "photographs and cut-outs, those held out left aside",
            Davis is null ? null : $"DAVIS {Year} {Split}",
            YouTubeVos is null ? null : "YouTube-VOS",
            .. Videos.Select(v => $"{Path.GetFileName(Path.GetFullPath(v).TrimEnd(Path.DirectorySeparatorChar))} {VideosList}"),
        ]).Where(w => w is not null));

    /// <summary>Reads all data and creates the clip maker.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="unusable">Receives one line for each skipped file.</param>
    public ClipMaker Open(TrainingOptions options, Action<string> unusable)
    {
        var stills = StillPictures.Open(Stills, name => !HeldOut.Contains(name), unusable);
        if (stills.Scenes.Count == 0)
        {
            throw new UserErrorException($"{Stills} contains no photographs with masks: it needs the folders images and masks.");
        }

        var videos = OpenVideos(options, unusable);
        var regions = new RegionPictures(stills, videos, options.RegionShare);
        return new ClipMaker(new BackgroundPicker(stills, videos, regions, options), new LayerPicker(stills, regions, options), options);
    }

    /// <summary>Reads the videos.</summary>
    /// <param name="options">The run's options, of which the weight of hard sequences is used.</param>
    /// <param name="unusable">Receives one line for each skipped file or sequence.</param>
    internal List<VideoSequence> OpenVideos(TrainingOptions options, Action<string> unusable)
    {
        var videos = Davis is null
            ? []
            : VideoSequences.OpenDavis(
                Davis, Year, Split, name => new SequenceTraits(s_hard.Contains(name) ? options.HardWeight : 1), unusable);
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
