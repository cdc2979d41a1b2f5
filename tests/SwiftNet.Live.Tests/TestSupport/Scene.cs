using OpenCvSharp;
using SwiftNet.Metrics;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A made picture: an orange disc before a meadow that grows brighter to the right, with noise.</summary>
internal static class Scene
{
    public const int Width = 320, Height = 200;
    public static readonly Point Centre = new(120, 100);
    public static readonly byte[] Disc = Drawn(mask => Cv2.Circle(mask, Centre, 40, Scalar.All(1), -1));
    public static readonly byte[] Picture = Paint();

    /// <summary>How well a mask covers the disc.</summary>
    public static double Overlap(byte[] mask) => RegionSimilarity.Measure(Disc, mask);

    /// <summary>A mask of the picture's size.</summary>
    public static byte[] Drawn(Action<Mat> draw)
    {
        using var mask = new Mat(Height, Width, MatType.CV_8UC1, Scalar.Black);
        draw(mask);
        mask.GetArray(out byte[] pixels);
        return pixels;
    }

    private static byte[] Paint()
    {
        var random = new Random(3);
        var picture = new byte[3 * Width * Height];
        for (var i = 0; i < Disc.Length; i++)
        {
            var light = i % Width / 8;
            var (blue, green, red) = Disc[i] == 1 ? (20, 120, 230) : (60 + light, 140 + light, 50 + light);
            picture[3 * i] = (byte)(blue + random.Next(20));
            picture[(3 * i) + 1] = (byte)(green + random.Next(20));
            picture[(3 * i) + 2] = (byte)(red + random.Next(20));
        }

        return picture;
    }
}
