using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Pipeline;

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

    private ObjectLooks? _looks;

    /// <summary>Renders the frame and its objects into <paramref name="bgr"/>; cells written to memory are marked in red if the mask contains them.</summary>
    public void Paint(Frame frame, Span<byte> bgr)
    {
        var (width, height) = (frame.Width, frame.Height);
        if (frame.Mask is not { } mask)
        {
            frame.Pixels.Array.CopyTo(bgr);
            return;
        }

        Dress(mask.Looks);
        if (mask.WrittenCells is { } written)
        {
            _cells.Fit(frame, written);
        }

        ReadOnlySpan<byte> ids = mask.Ids.Array;
        var thickness = height >= 720 ? 2 : 1;
        for (var y = 0; y < height; y++)
        {
            var line = bgr.Slice(y * width * 3, width * 3);
            frame.Pixels.Array.AsSpan(y * width * 3, width * 3).CopyTo(line);
            PaintObjects(
                line,
                ids.Slice(y * width, width),
                ids.Slice(Math.Max(y - thickness, 0) * width, width),
                ids.Slice(Math.Min(y + thickness, height - 1) * width, width),
                thickness);
            if (mask.WrittenCells is not null)
            {
                PaintCells(line, y, mask.WrittenCells);
            }
        }
    }

    // Colour tables, rebuilt when colours change.
    private void Dress(ObjectLooks looks)
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

    private void PaintObjects(Span<byte> line, ReadOnlySpan<byte> ids, ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, int thickness)
    {
        foreach (var (id, start, end) in new IdRuns(ids))
        {
            // No contour at the picture's edge.
            var (first, last) = (start == 0 ? 0 : start + thickness, end == ids.Length ? end : end - thickness);
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

    private void PaintCells(Span<byte> line, int y, IdMask written)
    {
        var cells = written.Ids.AsSpan(_cells.Row(y) * written.Width, written.Width);
        if (!cells.ContainsAnyExcept((byte)0))
        {
            return;
        }

        var columns = _cells.Columns;
        for (var x = 0; x < columns.Length; x++)
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
