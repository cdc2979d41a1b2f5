using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A polygon: what is well within is the object; near its sides, the picture's edges decide.</summary>
internal static class PolygonSeeds
{
    private const int LeastMargin = 16;

    /// <summary>Sorts the pixels of the polygon's surroundings; the caller disposes the crop.</summary>
    public static SeededCrop Of(Mat picture, Point[] corners, int longestSide)
    {
        var seeds = new SeededCrop(
            picture, Cv2.BoundingRect(corners), Math.Max(LeastMargin, 4 * PolygonShape.Doubts(corners).Max()), longestSide);
        using var shape = new PolygonShape(corners, seeds.Crop);
        seeds.Classes.SetTo(GrabCut.ProbablyBackground, shape.Rim);
        seeds.Classes.SetTo(GrabCut.Foreground, shape.SurelyInside);
        using var within = new Mat();
        Cv2.BitwiseAnd(shape.Polygon, shape.Rim, within);
        seeds.Classes.SetTo(GrabCut.ProbablyForeground, within);
        return seeds;
    }
}
