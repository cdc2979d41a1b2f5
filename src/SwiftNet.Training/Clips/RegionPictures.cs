namespace SwiftNet.Training.Clips;

/// <summary>Photographs and frames of videos whose objects are put together of <see cref="Regions"/>. A picture's regions are found when it is first drawn.</summary>
internal sealed class RegionPictures
{
    // Frames next to each other are nearly the same picture.
    private const int EveryFrame = 5;

    // Of each picture some objects more than a clip needs: of those that the camera sees the clip takes what it wants.
    private const int Objects = 8;

    // Smaller pictures seldom have an object that is worth pasting.
    private const int LeastPixels = 20 * StillPicture.LeastArea;

    private readonly StillPicture[] _pictures;
    private readonly Regions?[] _regions;
    private readonly double _share;

    /// <summary>Takes the pictures of photographs and of videos, where they are to be drawn at all.</summary>
    /// <param name="stills">Photographs.</param>
    /// <param name="videos">Videos, every fifth frame of which counts.</param>
    /// <param name="share">How often one is drawn, 0 to 1.</param>
    public RegionPictures(StillPictures stills, IReadOnlyList<VideoSequence> videos, double share)
    {
        _share = share;
        StillPicture[] all = share > 0 ? [.. stills.Scenes, .. stills.Backgrounds, .. videos.SelectMany(Frames)] : [];
        _pictures = Array.FindAll(all, p => p.Width * p.Height >= LeastPixels);
        _regions = new Regions?[_pictures.Length];
    }

    /// <summary>With the probability of their share draws a picture and puts objects together in it, at least one; else, or without pictures, null.</summary>
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
