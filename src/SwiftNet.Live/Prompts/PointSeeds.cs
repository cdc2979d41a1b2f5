using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>Points alone: the object looks like what is around those on it, and ends within their reach.</summary>
internal static class PointSeeds
{
    /// <summary>Sorts the pixels of the points' surroundings; the caller disposes the crop.</summary>
    public static SeededCrop Of(Mat picture, PromptOnFrame prompt, int longestSide)
    {
        var diagonal = Math.Sqrt(((double)picture.Width * picture.Width) + ((double)picture.Height * picture.Height));
        var (surroundings, reach) = (0.05 * diagonal, (int)(0.15 * diagonal));
        var extent = Cv2.BoundingRect(prompt.Inside);
        var seeds = new SeededCrop(picture, extent, reach, longestSide);
        var near = Rect.Inflate(extent, reach - 3, reach - 3) & new Rect(0, 0, picture.Width, picture.Height);
        Cv2.Rectangle(seeds.Classes, seeds.Crop.To(near), GrabCut.ProbablyBackground, -1);
        Cv2.FillConvexPoly(seeds.Classes, Cv2.ConvexHull(Array.ConvertAll(prompt.Inside, seeds.Crop.To)), GrabCut.ProbablyForeground);
        foreach (var point in prompt.Inside)
        {
            Cv2.Circle(seeds.Classes, seeds.Crop.To(point), (int)(surroundings * seeds.Crop.Scale), GrabCut.ProbablyForeground, -1);
        }

        return seeds;
    }
}
