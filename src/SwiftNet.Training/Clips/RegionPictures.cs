namespace SwiftNet.Training.Clips;

/// <summary>Photographs and video frames whose objects are composed of <see cref="Regions"/>. Regions are computed when a picture is first
/// drawn.</summary>
internal sealed class RegionPictures
{
    // Consecutive frames are nearly identical.
    private const int EveryFrame = 5;

    // More objects than a clip needs: the clip selects those that its camera shows.
    private const int Objects = 8;

    // Smaller pictures rarely contain an object worth pasting.
    private const int LeastPixels = 20 * StillPicture.LeastArea;

    private readonly StillPicture[] _pictures;
    private readonly Regions?[] _regions;
    private readonly double _share;

    /// <summary>Collects the pictures; none if <paramref name="share"/> is 0.</summary>
    /// <param name="stills">Photographs.</param>
    /// <param name="videos">Videos; every fifth frame is used.</param>
    /// <param name="share">Probability of drawing such a picture, 0 to 1.</param>
    public RegionPictures(StillPictures stills, IReadOnlyList<VideoSequence> videos, double share)
    {
        _share = share;
        StillPicture[] all = share > 0 ? [.. stills.Scenes, .. stills.Backgrounds, .. videos.SelectMany(Frames)] : [];
        _pictures = Array.FindAll(all, p => p.Width * p.Height >= LeastPixels);
        _regions = new Regions?[_pictures.Length];
    }

    /// <summary>With the given probability, draws a picture with at least one composed object; else, or without pictures, null.</summary>
    public StillPicture? Draw(Random random)
    {
        if (_pictures.Length == 0 || random.NextDouble() >= _share)
        {
            return null;
        }

        while (true)
        {
            var at = random.Next(_pictures.Length);
            var drawn = (_regions[at] ??= new Regions(_pictures[at])).Draw(_pictures[at], Objects, random);
            if (drawn.Instances.Length > 0)
            {
                return drawn;
            }
        }
    }

    private static IEnumerable<StillPicture> Frames(VideoSequence video)
    {
        for (var i = 0; i < video.Length; i += EveryFrame)
        {
            var (width, height) = StillPictures.SizeOf(video.Pictures[i]);
            yield return new StillPicture($"{video.Name}-{i}", video.Pictures[i], null, width, height, [], 1);
        }
    }
}
