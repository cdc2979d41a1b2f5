using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Marks the pixels near outlines that are not exact.</summary>
internal static class RoughEdges
{
    /// <summary>How far from such an outline nothing is learnt, in pixels of the video.</summary>
    public const int Width = 3;

    /// <summary>Sets 1 near the outlines of a frame's own objects.</summary>
    /// <param name="ids">The frame's ids, one byte a pixel.</param>
    /// <param name="own">The background's own objects have the ids 1 to this one.</param>
    /// <param name="width">How near, in pixels of the crop.</param>
    /// <param name="rough">Is set to 1 there and left alone elsewhere, a byte for each pixel in raster order.</param>
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
