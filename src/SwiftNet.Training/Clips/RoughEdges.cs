using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Marks the pixels near uncertain outlines.</summary>
internal static class RoughEdges
{
    /// <summary>Distance from an uncertain outline within which no loss is computed, in video pixels.</summary>
    public const int Width = 3;

    /// <summary>Marks pixels near the outlines of a frame's own objects.</summary>
    /// <param name="ids">The frame's ids, one byte per pixel.</param>
    /// <param name="own">The highest id of the background's own objects, which start at 1.</param>
    /// <param name="width">The distance, in pixels of the crop.</param>
    /// <param name="rough">Set to 1 near outlines and unchanged elsewhere; one byte per pixel in raster order.</param>
    public static void Mark(Mat ids, int own, double width, Span<byte> rough)
    {
        // Pasted objects have exact outlines.
        using var bounded = ids.Threshold(own, 0, ThresholdTypes.TozeroInv);
        var side = (2 * Math.Max(1, (int)Math.Round(width))) + 1;
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(side, side));
        using var edges = new Mat();
        Cv2.MorphologyEx(bounded, edges, MorphTypes.Gradient, kernel);
        edges.GetArray(out byte[] near);
        for (var i = 0; i < near.Length; i++)
        {
            rough[i] = near[i] != 0 ? (byte)1 : rough[i];
        }
    }
}
