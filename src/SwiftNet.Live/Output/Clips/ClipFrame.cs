using OpenCvSharp;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Clips;

/// <summary>A frame on its way from the output stage to the clip's worker: its own copies of the pictures.</summary>
/// <param name="overlay">The picture with the objects drawn in; owned.</param>
/// <param name="raw">With events, the picture as captured; owned.</param>
/// <param name="events">What happened; empty = nothing.</param>
internal sealed class ClipFrame(Frame overlay, PooledArray<byte>? raw, IReadOnlyList<ClipEvent> events) : IDisposable
{
    // Of the box, at least.
    private const double Margin = 0.15;
    private const int LeastMargin = 16;
    private static readonly ImageEncodingParam s_quality = new(ImwriteFlags.JpegQuality, 90);

    /// <summary>The frame, with the overlay as its pixels.</summary>
    public Frame Overlay => overlay;

    /// <summary>What happened; empty = nothing.</summary>
    public IReadOnlyList<ClipEvent> Events => events;

    /// <summary>Encodes the overlay.</summary>
    public ClipPicture Encode() => new(Jpeg(overlay.Pixels, null), overlay.MediaTime, overlay.CapturedTime);

    /// <summary>The pictures of the event besides the overlay, by file name.</summary>
    public IEnumerable<(string File, byte[] Jpeg)> Details()
    {
        if (raw is not null)
        {
            yield return (ClipFiles.Picture, Jpeg(raw, null));
            if (events[0].Box is { } box && Crop(box) is { Width: > 0, Height: > 0 } crop)
            {
                yield return (ClipFiles.Crop, Jpeg(raw, crop));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        overlay.Dispose();
        raw?.Dispose();
    }

    private Rect Crop(IReadOnlyList<int> box)
    {
        var margin = (int)Math.Max(LeastMargin, Margin * Math.Max(box[2], box[3]));
        return new Rect(box[0] - margin, box[1] - margin, box[2] + (2 * margin), box[3] + (2 * margin))
            .Intersect(new Rect(0, 0, overlay.Width, overlay.Height));
    }

    // The pixel buffer is pinned for its lifetime.
    private unsafe byte[] Jpeg(PooledArray<byte> pixels, Rect? crop)
    {
        fixed (byte* start = pixels.Array)
        {
            using var picture = Mat.FromPixelData(overlay.Height, overlay.Width, MatType.CV_8UC3, (nint)start);
            if (crop is not { } part)
            {
                return picture.ImEncode(".jpg", s_quality);
            }

            using var cut = new Mat(picture, part);
            return cut.ImEncode(".jpg", s_quality);
        }
    }
}
