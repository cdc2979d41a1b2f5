using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Hides pixels in the frame itself, before anything is rendered or output. In doubt the whole picture is hidden. Not
/// thread-safe.</summary>
internal sealed class PrivacyFilter : IDisposable
{
    private readonly PrivacyOptions _options;
    private readonly HiddenRegion _region;
    private readonly Mat _hiding = new();
    private readonly StrongBlur _blur = new();

    /// <summary>Creates the filter.</summary>
    public PrivacyFilter(PrivacyOptions options)
    {
        _options = options;
        _region = new HiddenRegion(options);
    }

    /// <summary>Hides pixels in <see cref="Frame.Pixels"/>.</summary>
    public unsafe void Apply(Frame frame)
    {
        if (_options.Hide == Hidden.None)
        {
            return;
        }

        // The pixel buffer is pinned for its lifetime.
        fixed (byte* pixels = frame.Pixels.Array)
        {
            using var picture = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, (nint)pixels);
            var region = _region.Of(frame);
            if (_options.Style == HidingStyle.Black)
            {
                Black(picture, region);
            }
            else
            {
                Blur(picture, region);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _region.Dispose();
        _blur.Dispose();
        _hiding.Dispose();
    }

    private static void Black(Mat picture, Mat? region)
    {
        if (region is null)
        {
            picture.SetTo(Scalar.Black);
        }
        else
        {
            picture.SetTo(Scalar.Black, region);
        }
    }

    private void Blur(Mat picture, Mat? region)
    {
        _blur.Apply(picture, _hiding);
        if (region is null)
        {
            _hiding.CopyTo(picture);
        }
        else
        {
            _hiding.CopyTo(picture, region);
        }
    }
}
