using OpenCvSharp;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A picture at its own size as the network takes it.</summary>
internal sealed record Picture(int Width, int Height, float[] Planes)
{
    /// <summary>The same for the segmenter.</summary>
    public NetworkFrame Frame => new(Planes, Width, Height);

    /// <summary>Reads an image file.</summary>
    public static Picture Read(string path)
    {
        using var bgr = Cv2.ImRead(path, ImreadModes.Color);
        return Of(bgr);
    }

    /// <summary>Converts an 8-bit BGR picture.</summary>
    public static Picture Of(Mat bgr)
    {
        var area = bgr.Rows * bgr.Cols;
        var planes = new float[3 * area];
        for (var i = 0; i < area; i++)
        {
            var pixel = bgr.At<Vec3b>(i / bgr.Cols, i % bgr.Cols);
            (planes[i], planes[area + i], planes[(2 * area) + i]) = (pixel.Item2 / 255f, pixel.Item1 / 255f, pixel.Item0 / 255f);
        }

        return new Picture(bgr.Cols, bgr.Rows, planes);
    }
}
