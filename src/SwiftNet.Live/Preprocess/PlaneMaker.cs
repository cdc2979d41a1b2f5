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
        var area = size.Width * size.Height;
        var planes = PooledArray<float>.Rent(3 * area);
        (frame.Planes, frame.NetworkWidth, frame.NetworkHeight) = (planes, size.Width, size.Height);

        var picture = _views.Of(frame.Pixels.Array, 0, frame.Width, frame.Height, MatType.CV_8UC3);
        if (size.Width < frame.Width || size.Height < frame.Height)
        {
            // Area averages what it leaves out; the other ways of scaling down would flicker.
            Cv2.Resize(picture, _small, new Size(size.Width, size.Height), interpolation: InterpolationFlags.Area);
            picture = _small;
        }

        for (var channel = 0; channel < 3; channel++)
        {
            Cv2.ExtractChannel(picture, _channel, 2 - channel);
            _channel.ConvertTo(_views.Of(planes.Array, channel * area, size.Width, size.Height, MatType.CV_32FC1), MatType.CV_32FC1, 1 / 255.0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _views.Dispose();
        _small.Dispose();
        _channel.Dispose();
    }
}
