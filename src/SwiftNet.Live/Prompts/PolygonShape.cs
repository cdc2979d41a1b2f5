using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A polygon drawn in a crop, and how far from its sides it is to be believed.</summary>
internal sealed class PolygonShape : IDisposable
{
    /// <summary>Draws it.</summary>
    public PolygonShape(Point[] corners, PictureCrop crop)
    {
        var inCrop = Array.ConvertAll(corners, crop.To);
        var doubts = Doubts(corners);
        Polygon = new Mat(crop.Size, MatType.CV_8UC1, Scalar.Black);
        Rim = new Mat(crop.Size, MatType.CV_8UC1, Scalar.Black);
        Cv2.FillPoly(Polygon, [inCrop], Scalar.White);
        for (var i = 0; i < corners.Length; i++)
        {
            Cv2.Line(Rim, inCrop[i], inCrop[(i + 1) % corners.Length], Scalar.White, Math.Max(1, (int)(2 * doubts[i] * crop.Scale)));
        }

        SurelyInside = new Mat();
        SurelyOutside = new Mat();
        Cv2.Subtract(Polygon, Rim, SurelyInside);
        Cv2.BitwiseOr(Polygon, Rim, SurelyOutside);
        Cv2.BitwiseNot(SurelyOutside, SurelyOutside);
    }

    /// <summary>What it holds, 255.</summary>
    public Mat Polygon { get; }

    /// <summary>What is not sure along its sides, 255.</summary>
    public Mat Rim { get; }

    /// <summary>What it holds beyond that.</summary>
    public Mat SurelyInside { get; }

    /// <summary>What it leaves out beyond that.</summary>
    public Mat SurelyOutside { get; }

    /// <summary>Whether it was drawn with care, by more corners than a hexagon: every edge that is found beside it makes it worse (measured
    /// on DAVIS outlines).</summary>
    public static bool IsCareful(Point[] corners) => Cv2.ArcLength(corners, closed: true) / corners.Length < Radius(corners);

    /// <summary>How far the object may be from each side, in pixels of the frame: a round one bends away from a chord by side² / (8
    /// radius).</summary>
    public static int[] Doubts(Point[] corners)
    {
        var (doubts, radius) = (new int[corners.Length], Radius(corners));
        for (var i = 0; i < corners.Length; i++)
        {
            var side = corners[i].DistanceTo(corners[(i + 1) % corners.Length]);
            doubts[i] = (int)Math.Min(side * side / (8 * radius), radius / 5);
        }

        return doubts;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Polygon.Dispose();
        Rim.Dispose();
        SurelyInside.Dispose();
        SurelyOutside.Dispose();
    }

    // Of a disc of the polygon's area; a polygon without one has none.
    private static double Radius(Point[] corners) => Math.Max(1, Math.Sqrt(Cv2.ContourArea(corners) / Math.PI));
}
