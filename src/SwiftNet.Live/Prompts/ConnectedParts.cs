using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>Keeps of a mask what hangs together with given points.</summary>
internal static class ConnectedParts
{
    /// <summary>Blackens the parts of <paramref name="found"/> (0 or 255) that hold none of the points.</summary>
    public static void Keep(Mat found, IReadOnlyList<Point> points)
    {
        using var parts = new Mat();
        Cv2.ConnectedComponents(found, parts);
        using var kept = new Mat(found.Size(), MatType.CV_8UC1, Scalar.Black);
        using var part = new Mat();
        foreach (var point in points)
        {
            if (parts.At<int>(point.Y, point.X) is > 0 and var number)
            {
                Cv2.Compare(parts, new Scalar(number), part, CmpTypes.EQ);
                kept.SetTo(Scalar.White, part);
            }
        }

        kept.CopyTo(found);
    }
}
