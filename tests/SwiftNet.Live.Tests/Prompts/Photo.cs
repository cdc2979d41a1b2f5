using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Metrics;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Prompts;

/// <summary>The first picture of the sample clip with the cockatoo, and what of it is the cockatoo.</summary>
internal static class Photo
{
    static Photo()
    {
        using var clip = new VideoCapture(Path.Combine(Repository.Folder, "samples", "cockatoo.mp4"), VideoCaptureAPIs.FFMPEG);
        using var frame = new Mat();
        clip.Read(frame);
        (Width, Height, Bgr) = (frame.Width, frame.Height, new byte[3 * frame.Width * frame.Height]);
        using var copy = Mat.FromPixelData(Height, Width, MatType.CV_8UC3, Bgr);
        frame.CopyTo(copy);
        Cockatoo = Array.ConvertAll(
            IndexedPng.Read(Path.Combine(Repository.Folder, "samples", "cockatoo-mask.png")).Ids, id => Math.Min(id, (byte)1));
        using var mask = Mat.FromPixelData(Height, Width, MatType.CV_8UC1, Cockatoo);
        Box = Cv2.BoundingRect(mask);
    }

    public static int Width { get; }

    public static int Height { get; }

    public static byte[] Bgr { get; }

    public static byte[] Cockatoo { get; }

    public static Rect Box { get; }

    public static double Overlap(byte[] mask) => RegionSimilarity.Measure(Cockatoo, mask);
}
