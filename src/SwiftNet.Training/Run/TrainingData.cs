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
    // Fast, deforming, occluded or small: where the prototype was worst.
    private static readonly HashSet<string> s_hard =
    [
        "bmx-bumps", "breakdance-flare", "dog-agility", "drift-turn", "horsejump-low", "kite-walk", "motocross-bumps", "paragliding",
        "rollerblade", "soccerball", "surf", "swing",
    ];

    /// <summary>What it is, without paths, for the exported weights.</summary>
    public string Words => string.Join(
        ", ",
        new[] { "photographs and cut-outs, those held out left aside", Davis is null ? null : $"DAVIS {Year} {Split}", YouTubeVos is null ? null : "YouTube-VOS" }.Where(w => w is not null));

    /// <summary>Reads all and puts the maker of clips together.</summary>
    /// <param name="options">How clips are made.</param>
    /// <param name="unusable">Is told of each file that cannot be used.</param>
    public ClipMaker Open(TrainingOptions options, Action<string> unusable)
    {
        var stills = StillPictures.Open(Stills, name => !HeldOut.Contains(name), unusable);
        if (stills.Scenes.Count == 0)
        {
            throw new Live.UserErrorException($"There are no photographs with masks in {Stills}: it needs the folders images and masks.");
        }

        var videos = Davis is null ? [] : VideoSequences.OpenDavis(Davis, Year, Split, name => s_hard.Contains(name) ? options.HardWeight : 1, unusable);
        if (YouTubeVos is not null)
        {
            videos.AddRange(VideoSequences.OpenYouTubeVos(YouTubeVos, _ => 1, unusable));
        }

        var regions = new RegionPictures(stills, videos, options.RegionShare);
        return new ClipMaker(new GroundPicker(stills, videos, regions, options), new LayerPicker(stills, regions, options), options);
    }
}
