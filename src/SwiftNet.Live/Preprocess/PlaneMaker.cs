using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Preprocess;

/// <summary>Makes the network's input of a captured picture: scaled down to fit a bound, R, G, B planes in [0, 1].</summary>
internal sealed class PlaneMaker(FrameSize bound) : IDisposable
{
    private readonly MatViews _views = new();
    private readonly Mat _small = new();
    private readonly Mat _channel = new();

    /// <summary>Sets the frame's planes and their size.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="scale">What the sides that fit the bound are multiplied by; over 0, up to 1.</param>
    public void Fill(Frame frame, double scale = 1)
    {
        var size = bound.Fit(frame.Width, frame.Height).Scale(scale);
        (frame.Planes, frame.NetworkWidth, frame.NetworkHeight) =
            (Make(frame.Pixels.Array, frame.Width, frame.Height, size), size.Width, size.Height);
    }

    /// <summary>Makes the planes of a picture; the caller's.</summary>
    /// <param name="bgr">The picture: BGR, 8 bit, interleaved, pinned as pooled arrays are.</param>
    /// <param name="width">Its columns, in pixels.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="size">The planes' size; no side larger than the picture's.</param>
    public PooledArray<float> Make(byte[] bgr, int width, int height, FrameSize size)
    {
        var area = size.Width * size.Height;
        var planes = PooledArray<float>.Rent(3 * area);
        var picture = _views.Of(bgr, 0, width, height, MatType.CV_8UC3);
        if (size.Width < width || size.Height < height)
        {
            // Area averages what it leaves out; the other ways of scaling down would flicker.
            Cv2.Resize(picture, _small, new Size(size.Width, size.Height), interpolation: InterpolationFlags.Area);
            picture = _small;
        }

        for (var channel = 0; channel < 3; channel++)
        {
            Cv2.ExtractChannel(picture, _channel, 2 - channel);
            _channel.ConvertTo(
                _views.Of(planes.Array, channel * area, size.Width, size.Height, MatType.CV_32FC1), MatType.CV_32FC1, 1 / 255.0);
        }

        return planes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _views.Dispose();
        _small.Dispose();
        _channel.Dispose();
    }
}
