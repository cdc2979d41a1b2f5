using OpenCvSharp;

namespace Embedding;

/// <summary>Frames of a video file at the network's size: three planes R, G, B with values in [0, 1].</summary>
internal sealed class Video(string path) : IDisposable
{
    // Smaller is faster. Any size works; the segmenter pads to multiples of 16.
    private const int LargestWidth = 576;
    private readonly VideoCapture _capture = new(path, VideoCaptureAPIs.FFMPEG);
    private readonly Mat _frame = new();
    private readonly Mat _resized = new();

    /// <summary>The network's columns.</summary>
    public int NetworkWidth { get; private set; }

    /// <summary>The network's rows.</summary>
    public int NetworkHeight { get; private set; }

    /// <summary>The frame, <c>[3, height, width]</c>; overwritten by the next <see cref="Read"/>.</summary>
    public float[] Planes { get; private set; } = [];

    /// <summary>Reads the next frame; false at the end.</summary>
    public bool Read()
    {
        if (!_capture.Read(_frame) || _frame.Empty())
        {
            return false;
        }

        var scale = Math.Min(1.0, (double)LargestWidth / _frame.Width);
        (NetworkWidth, NetworkHeight) = ((int)(_frame.Width * scale), (int)(_frame.Height * scale));
        Cv2.Resize(_frame, _resized, new Size(NetworkWidth, NetworkHeight), interpolation: InterpolationFlags.Area);
        var pixels = NetworkWidth * NetworkHeight;
        Planes = Planes.Length == 3 * pixels ? Planes : new float[3 * pixels];
        for (var i = 0; i < pixels; i++)
        {
            var bgr = _resized.At<Vec3b>(i / NetworkWidth, i % NetworkWidth);
            (Planes[i], Planes[pixels + i], Planes[(2 * pixels) + i]) = (bgr.Item2 / 255f, bgr.Item1 / 255f, bgr.Item0 / 255f);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _capture.Dispose();
        _frame.Dispose();
        _resized.Dispose();
    }
}
