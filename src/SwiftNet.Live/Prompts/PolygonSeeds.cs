using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A polygon: what is well within is the object; near its sides, the picture's edges decide.</summary>
internal static class PolygonSeeds
{
    private const int LeastMargin = 16;

    /// <summary>Whether it was drawn with care, by more corners than a hexagon: every edge that GrabCut finds beside it makes it worse (measured on DAVIS outlines).</summary>
    public static bool IsCareful(Point[] corners) => Cv2.ArcLength(corners, closed: true) / corners.Length < Radius(corners);

    /// <summary>Sorts the pixels of the polygon's surroundings; the caller disposes the crop.</summary>
    public static SeededCrop Of(Mat picture, Point[] corners, int longestSide)
    {
        var doubts = new int[corners.Length];
        for (var i = 0; i < corners.Length; i++)
        {
            // A round object bends away from a chord by side² / (8 radius).
            var side = corners[i].DistanceTo(corners[(i + 1) % corners.Length]);
            doubts[i] = (int)Math.Min(side * side / (8 * Radius(corners)), Radius(corners) / 5);
        }

        var seeds = new SeededCrop(picture, Cv2.BoundingRect(corners), Math.Max(LeastMargin, 4 * doubts.Max()), longestSide);
        var inCrop = Array.ConvertAll(corners, seeds.Crop.To);
        using var polygon = new Mat(seeds.Crop.Size, MatType.CV_8UC1, Scalar.Black);
        using var rim = new Mat(seeds.Crop.Size, MatType.CV_8UC1, Scalar.Black);
        Cv2.FillPoly(polygon, [inCrop], Scalar.White);
        for (var i = 0; i < corners.Length; i++)
        {
            Cv2.Line(rim, inCrop[i], inCrop[(i + 1) % corners.Length], Scalar.White, Math.Max(1, (int)(2 * doubts[i] * seeds.Crop.Scale)));
        }

        seeds.Classes.SetTo(GrabCut.ProbablyBackground, rim);
        Cv2.BitwiseAnd(rim, polygon, rim);
        seeds.Classes.SetTo(GrabCut.Foreground, polygon);
        seeds.Classes.SetTo(GrabCut.ProbablyForeground, rim);
        return seeds;
    }

    // Of a disc of the polygon's area; a polygon without one has none.
    private static double Radius(Point[] corners) => Math.Max(1, Math.Sqrt(Cv2.ContourArea(corners) / Math.PI));
}
