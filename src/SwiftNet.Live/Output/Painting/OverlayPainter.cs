using SwiftNet.Imaging.Extents;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Pipeline;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Renders a frame with its objects: translucent fill in the object's colour, with a crisp contour. Not thread-safe.</summary>
internal sealed class OverlayPainter : IFramePainter
{
    // Opacity of the picture under the fill, of 256.
    private const int ThroughObject = 150;
    private const int ThroughCell = 80;

    private readonly byte[] _contour = new byte[256 * 3];
    private readonly int[] _fill = new int[256 * 3];
    private readonly CellMap _cells = new();
    private byte[] _none = [];

    private ObjectStyles? _looks;

    /// <summary>Fills <paramref name="bgr"/> with the frame and its objects; cells that were written to memory are marked in red where the
    /// mask lists them.</summary>
    public void Paint(Frame frame, Span<byte> bgr)
    {
        frame.Pixels.Array.CopyTo(bgr);
        if (frame.Mask is not { } mask)
        {
            return;
        }

        Dress(mask.Looks);
        PaintObjects(mask.Part, bgr, thickness: frame.Height >= 720 ? 2 : 1);
        for (var i = 0; i < mask.Written.Count; i++)
        {
            if (mask.Written[i].Write.Pixels is { } cells)
            {
                PaintCells(bgr, mask.Written[i].Window, cells);
            }
        }
    }

    // Colour tables, rebuilt when colours change.
    private void Dress(ObjectStyles looks)
    {
        if (looks == _looks)
        {
            return;
        }

        _looks = looks;
        for (var id = 1; id < 256; id++)
        {
            var (r, g, b) = looks.DrawnColour((byte)id);
            (_contour[3 * id], _contour[(3 * id) + 1], _contour[(3 * id) + 2]) = (b, g, r);
        }

        for (var i = 0; i < _fill.Length; i++)
        {
            _fill[i] = _contour[i] * (256 - ThroughObject);
        }
    }

    private void PaintObjects(MaskPart mask, Span<byte> bgr, int thickness)
    {
        var region = mask.Region;
        _none = _none.Length >= region.Width ? _none : new byte[region.Width];
        for (var y = region.Y; y < region.Y + region.Height; y++)
        {
            var line = bgr.Slice(((y * region.FrameWidth) + region.X) * 3, region.Width * 3);
            PaintRow(line, mask.Row(y), Neighbour(mask, y - thickness), Neighbour(mask, y + thickness), thickness, region);
        }
    }

    // Beyond the frame objects go on; beyond the part that was looked at there is none.
    private ReadOnlySpan<byte> Neighbour(MaskPart mask, int y)
    {
        var row = mask.Row(Math.Clamp(y, 0, mask.Region.FrameHeight - 1));
        return row.IsEmpty ? _none : row;
    }

    private void PaintRow(
        Span<byte> line, ReadOnlySpan<byte> ids, ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, int thickness, MaskRegion region)
    {
        foreach (var (id, start, end) in new IdRuns(ids))
        {
            // No contour at the picture's edge.
            var first = region.X + start == 0 ? 0 : start + thickness;
            var last = region.X + end == region.FrameWidth ? end : end - thickness;
            var (b, g, r) = (_fill[3 * id], _fill[(3 * id) + 1], _fill[(3 * id) + 2]);
            for (var x = start; x < end; x++)
            {
                var pixel = line.Slice(3 * x, 3);
                if (x >= first && x < last && above[x] == id && below[x] == id)
                {
                    pixel[0] = (byte)(((pixel[0] * ThroughObject) + b) >> 8);
                    pixel[1] = (byte)(((pixel[1] * ThroughObject) + g) >> 8);
                    pixel[2] = (byte)(((pixel[2] * ThroughObject) + r) >> 8);
                }
                else
                {
                    _contour.AsSpan(3 * id, 3).CopyTo(pixel);
                }
            }
        }
    }

    private void PaintCells(Span<byte> bgr, FrameWindow window, IdMask written)
    {
        _cells.Fit(window, written);
        var columns = _cells.Columns;
        for (var y = 0; y < window.Height; y++)
        {
            var cells = written.Ids.AsSpan(_cells.Row(y) * written.Width, written.Width);
            if (!cells.ContainsAnyExcept((byte)0))
            {
                continue;
            }

            var line = bgr[((((window.Y + y) * window.FrameWidth) + window.X) * 3)..];
            for (var x = 0; x < window.Width; x++)
            {
                if (cells[columns[x]] != 0)
                {
                    var pixel = line.Slice(3 * x, 3);
                    pixel[0] = (byte)((pixel[0] * ThroughCell) >> 8);
                    pixel[1] = (byte)((pixel[1] * ThroughCell) >> 8);
                    pixel[2] = (byte)(((pixel[2] * ThroughCell) + (255 * (256 - ThroughCell))) >> 8);
                }
            }
        }
    }
}
