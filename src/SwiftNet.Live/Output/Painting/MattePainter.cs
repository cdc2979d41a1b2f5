using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Renders the objects in front of another background: a colour, or a picture that fills the frame.</summary>
internal sealed class MattePainter : IFramePainter, IDisposable
{
    private readonly byte[] _colour;
    private readonly Mat? _image;
    private byte[] _background = [];
    private FrameShape _shape;

    /// <summary>Creates the painter.</summary>
    /// <exception cref="UserErrorException">The background picture cannot be read.</exception>
    public MattePainter(MatteOptions options)
    {
        var rgb = Convert.FromHexString(options.Colour.AsSpan(1));
        _colour = [rgb[2], rgb[1], rgb[0]];
        if (string.IsNullOrEmpty(options.Image))
        {
            return;
        }

        _image = Cv2.ImRead(options.Image, ImreadModes.Color);
        if (_image.Empty())
        {
            _image.Dispose();
            throw new UserErrorException($"Output:Matte:Image={options.Image} cannot be read as a picture; use a PNG or JPEG file.");
        }
    }

    /// <inheritdoc/>
    public void Paint(Frame frame, Span<byte> bgr)
    {
        Fit(frame.Shape);
        _background.CopyTo(bgr);
        if (frame.Mask is { } mask)
        {
            ReadOnlySpan<byte> pixels = frame.Pixels.Array;
            foreach (var (_, y, start, end) in mask.Part)
            {
                var row = y * frame.Width;
                pixels[(3 * (row + start))..(3 * (row + end))].CopyTo(bgr[(3 * (row + start))..]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _image?.Dispose();

    private void Fit(FrameShape shape)
    {
        if (_shape == shape)
        {
            return;
        }

        _shape = shape;
        var (width, height) = (shape.Width, shape.Height);
        _background = new byte[3 * width * height];
        if (_image is null)
        {
            for (var i = 0; i < _background.Length; i += 3)
            {
                _colour.CopyTo(_background.AsSpan(i));
            }

            return;
        }

        // Scale to fill, cropping two sides. The background has square pixels; the frame may not.
        var shown = width * shape.Pixel.Ratio;
        var scale = Math.Max(shown / _image.Width, (double)height / _image.Height);
        var (cutWidth, cutHeight) =
            (Math.Clamp((int)Math.Round(shown / scale), 1, _image.Width), Math.Clamp((int)Math.Round(height / scale), 1, _image.Height));
        using var cut = new Mat(_image, new Rect((_image.Width - cutWidth) / 2, (_image.Height - cutHeight) / 2, cutWidth, cutHeight));
        using var scaled = new Mat();
        Cv2.Resize(cut, scaled, new Size(width, height), interpolation: scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        System.Runtime.InteropServices.Marshal.Copy(scaled.Data, _background, 0, _background.Length);
    }
}
