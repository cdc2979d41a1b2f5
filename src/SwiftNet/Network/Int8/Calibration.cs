using System.IO.Compression;

namespace SwiftNet.Network.Int8;

/// <summary>Finds the ranges of a network's activations, by following objects with it in float32.</summary>
internal sealed class Calibration(SwiftNetModel model)
{
    // scripts/calibration-frames
    private const string Frames = "SwiftNet.Network.Int8.calibration-frames.gz";
    private const int Width = 384, Height = 216, FramesOfOneClip = 3;

    private readonly MemoryOptions _options = new() { PreviousFrame = true, Trigger = TriggerKind.Periodic, Interval = 2 };

    /// <summary>Follows the objects of a mask through a clip. Every frame widens the ranges.</summary>
    /// <param name="frames">The pictures, R, G, B planes in [0, 1], each <c>[3, height, width]</c>.</param>
    /// <param name="width">Their columns.</param>
    /// <param name="height">Their rows.</param>
    /// <param name="mask">The objects on the first frame; null for a made-up one.</param>
    public void Follow(IEnumerable<float[]> frames, int width, int height, IdMask? mask = null)
    {
        using var segmenter = new VideoSegmenter(model, _options) { BelievesAll = true };
        mask ??= Middle(width, height);
        var ids = new byte[mask.Width * mask.Height];
        foreach (var planes in frames)
        {
            var frame = new NetworkFrame(planes, width, height);
            if (segmenter.Started)
            {
                segmenter.Step(frame, ids);
                segmenter.Write();
            }
            else
            {
                segmenter.Start(frame, mask);
            }
        }
    }

    /// <summary>The same with the frames that come with this library: for weights that bring no ranges.</summary>
    public void FollowSamples()
    {
        foreach (var clip in Samples().Chunk(FramesOfOneClip))
        {
            Follow(clip, Width, Height);
        }
    }

    /// <summary>An ellipse in the middle, a quarter of the picture high and wide: where nothing says what the object is, its look matters
    /// little.</summary>
    private static IdMask Middle(int width, int height)
    {
        var ids = new byte[width * height];
        for (var i = 0; i < ids.Length; i++)
        {
            var (x, y) = (((i % width) - (width / 2.0)) / (width / 4.0), ((i / width) - (height / 2.0)) / (height / 4.0));
            ids[i] = (x * x) + (y * y) < 1 ? (byte)1 : (byte)0;
        }

        return new IdMask(width, height, ids);
    }

    private static IEnumerable<float[]> Samples()
    {
        using var stream = new GZipStream(typeof(Calibration).Assembly.GetManifestResourceStream(Frames)!, CompressionMode.Decompress);
        var pixels = new byte[3 * Width * Height];
        while (stream.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length)
        {
            var planes = new float[pixels.Length];
            for (var i = 0; i < pixels.Length; i++)
            {
                planes[(i % 3 * Width * Height) + (i / 3)] = pixels[i] / 255f;
            }

            yield return planes;
        }
    }
}
