using System.Text;
using OpenCvSharp;
using SwiftNet.Imaging.Rle;

namespace SwiftNet.Live.Prompts;

/// <summary>What was understood of a prompt.</summary>
/// <param name="Width">Columns of the frame, in pixels.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Pixels">Row by row, 1 on the object and 0 elsewhere; at least one is 1.</param>
/// <param name="Took">How long it took to find.</param>
internal sealed record FoundMask(int Width, int Height, byte[] Pixels, TimeSpan Took)
{
    /// <summary>Pixels of the object.</summary>
    public int Area { get; } = Pixels.AsSpan().Count((byte)1);

    /// <summary>The smallest box that holds it.</summary>
    public Rect Box { get; } = Around(Pixels, Width, Height);

    /// <summary>The mask in COCO's compressed run lengths.</summary>
    public string Counts()
    {
        var runs = new RunLengths();
        runs.Measure(Pixels, Width);
        return Encoding.ASCII.GetString(runs.Finish(1));
    }

    private static Rect Around(byte[] pixels, int width, int height)
    {
        using var mask = Mat.FromPixelData(height, width, MatType.CV_8UC1, pixels);
        return Cv2.BoundingRect(mask);
    }
}
