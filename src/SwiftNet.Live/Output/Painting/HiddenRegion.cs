using OpenCvSharp;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>The pixels that privacy mode hides: the objects, or everything else, extended by a margin. All pixels if the mask is not
/// reliable.</summary>
internal sealed class HiddenRegion : IDisposable
{
    private readonly PrivacyOptions _options;
    private readonly ObjectExtents _extents = new();
    private readonly Mat _region = new();
    private readonly Mat? _margin;

    /// <summary>Prepares the computation.</summary>
    public HiddenRegion(PrivacyOptions options)
    {
        _options = options;
        var side = (2 * options.MarginPixels) + 1;

        // A square kernel is separable and thus fast at any size.
        _margin = options.MarginPixels > 0 ? Cv2.GetStructuringElement(MorphShapes.Rect, new Size(side, side)) : null;
    }

    /// <summary>The hidden pixels, 255 each; null = the whole picture. Valid until the next call.</summary>
    public Mat? Of(Frame frame)
    {
        // The mask of another frame does not locate the objects in this one.
        if (frame.Mask is not { } mask || mask.CapturedAt != frame.CapturedAt || mask.Objects.Count == 0
            || mask.Region.FrameWidth != frame.Width || mask.Region.FrameHeight != frame.Height)
        {
            return null;
        }

        _extents.Measure(mask.Part);
        if (_options.Hide == Hidden.Objects && (mask.LeavesOut || !AllSure(mask)))
        {
            // An object that is untracked, invisible or uncertain may be anywhere.
            return null;
        }

        Fill(mask, frame.Width, frame.Height);
        if (_margin is not null)
        {
            Cv2.Dilate(_region, _region, _margin);
        }

        return _region;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _region.Dispose();
        _margin?.Dispose();
    }

    private bool AllSure(FrameMask mask)
    {
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            if (!IsSure(mask.Objects[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSure(ObjectConfidence followed) => _extents[followed.Id].Area > 0 && followed.Confidence >= _options.MinConfidence;

    private unsafe void Fill(FrameMask mask, int width, int height)
    {
        // Lookup table by id. In background mode only certain objects stay visible.
        Span<byte> hidden = stackalloc byte[256];
        hidden.Fill(byte.MaxValue);
        hidden[0] = _options.Hide == Hidden.Objects ? (byte)0 : byte.MaxValue;
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            if (_options.Hide == Hidden.Background && IsSure(mask.Objects[i]))
            {
                hidden[mask.Objects[i].Id] = 0;
            }
        }

        _region.Create(height, width, MatType.CV_8UC1);
        var region = new Span<byte>((void*)_region.Data, width * height);
        region.Fill(hidden[0]);
        foreach (var (id, y, start, end) in mask.Part)
        {
            region.Slice((y * width) + start, end - start).Fill(hidden[id]);
        }
    }
}
