using OpenCvSharp;
using SwiftNet.Imaging.Extents;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Which pixels of a frame privacy hides: the objects or all but them, grown by a margin. All of them where the mask cannot be trusted.</summary>
internal sealed class HiddenRegion : IDisposable
{
    private readonly PrivacyOptions _options;
    private readonly ObjectExtents _extents = new();
    private readonly Mat _region = new();
    private readonly Mat? _margin;

    /// <summary>Prepares it.</summary>
    public HiddenRegion(PrivacyOptions options)
    {
        _options = options;
        var side = (2 * options.MarginPixels) + 1;

        // A square grows as fast as a row and a column, whatever its size.
        _margin = options.MarginPixels > 0 ? Cv2.GetStructuringElement(MorphShapes.Rect, new Size(side, side)) : null;
    }

    /// <summary>The hidden pixels, 255 each; null where the whole picture is hidden. Valid until the next call.</summary>
    public Mat? Of(Frame frame)
    {
        // A mask of another frame tells nothing of where its objects are in this one.
        if (frame.Mask is not { } mask || mask.CapturedAt != frame.CapturedAt || mask.Objects.Count == 0 || mask.Ids.Array.Length != frame.Width * frame.Height)
        {
            return null;
        }

        _extents.Measure(mask.Ids.Array, frame.Width);
        if (_options.Hide == Hidden.Objects && (mask.LeavesOut || !AllSure(mask)))
        {
            // An object that is not looked for, not seen, or doubtful, may be anywhere.
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
        // What each id becomes. Background shows only what is sure to be an object.
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
        foreach (var (id, start, end) in new IdRuns(mask.Ids.Array))
        {
            region[start..end].Fill(hidden[id]);
        }
    }
}
