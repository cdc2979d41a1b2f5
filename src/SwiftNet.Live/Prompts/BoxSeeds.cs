using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A box: the object is within, what lies around it is not.</summary>
internal static class BoxSeeds
{
    private const int LeastMargin = 16;

    /// <summary>Sorts the pixels of the box's surroundings; the caller disposes the crop.</summary>
    public static SeededCrop Of(Mat picture, Rect box, int longestSide)
    {
        var seeds = new SeededCrop(picture, box, Math.Max(LeastMargin, Math.Max(box.Width, box.Height) / 5), longestSide);
        // A box over the whole picture leaves nothing to learn the background from but the box's own edge.
        var inside = seeds.Crop.Place == box
            ? Rect.Inflate(box, -Math.Min(2, (box.Width - 1) / 2), -Math.Min(2, (box.Height - 1) / 2))
            : box;
        Cv2.Rectangle(seeds.Classes, seeds.Crop.To(inside), GrabCut.ProbablyForeground, -1);
        return seeds;
    }
}
