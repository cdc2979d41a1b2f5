namespace SwiftNet.Tracking;

/// <summary>
/// Bounding boxes of the objects of a mask, without crumbs: a thousandth of an object's pixels may lie outside on each side. Its
/// buffers are reused.
/// </summary>
internal sealed class MaskBoxes
{
    private const int CrumbShare = 1000;

    private readonly int[] _slots = new int[256];
    private int[] _columns = [];
    private int[] _rows = [];
    private int[] _pixels = [];

    /// <summary>Measures the objects.</summary>
    /// <param name="ids">The mask of a window, an id a camera pixel.</param>
    /// <param name="window">The window.</param>
    /// <param name="wanted">The objects.</param>
    /// <param name="boxes">Receives each object's box in the frame; an empty one where it has no pixel.</param>
    public void Measure(ReadOnlySpan<byte> ids, FrameWindow window, ReadOnlySpan<byte> wanted, Span<BoundingBox> boxes)
    {
        var (width, height) = (window.Width, window.Height);
        Prepare(wanted, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = ids.Slice(y * width, width);
            for (var x = row.IndexOfAnyExcept((byte)0); x >= 0 && x < width; x++)
            {
                if (row[x] == 0)
                {
                    // Most of a picture is background.
                    var next = row[x..].IndexOfAnyExcept((byte)0);
                    if (next < 0)
                    {
                        break;
                    }

                    x += next;
                }

                if (_slots[row[x]] is >= 0 and var slot)
                {
                    _columns[(slot * width) + x]++;
                    _rows[(slot * height) + y]++;
                    _pixels[slot]++;
                }
            }
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (_pixels[i] == 0)
            {
                boxes[i] = default;
                continue;
            }

            var crumbs = _pixels[i] / CrumbShare;
            var (left, right) = Ends(_columns.AsSpan(i * width, width), crumbs);
            var (top, bottom) = Ends(_rows.AsSpan(i * height, height), crumbs);
            boxes[i] = new BoundingBox(window.X + left, window.Y + top, right - left + 1, bottom - top + 1);
        }
    }

    private void Prepare(ReadOnlySpan<byte> wanted, int width, int height)
    {
        Array.Fill(_slots, -1);
        for (var i = 0; i < wanted.Length; i++)
        {
            _slots[wanted[i]] = i;
        }

        _columns = Cleared(_columns, wanted.Length * width);
        _rows = Cleared(_rows, wanted.Length * height);
        _pixels = Cleared(_pixels, wanted.Length);
    }

    private static int[] Cleared(int[] array, int length)
    {
        if (array.Length < length)
        {
            return new int[length];
        }

        array.AsSpan(0, length).Clear();
        return array;
    }

    private static (int First, int Last) Ends(ReadOnlySpan<int> counts, int crumbs)
    {
        var (first, last) = (0, counts.Length - 1);
        for (var sum = counts[0]; sum <= crumbs; sum += counts[first])
        {
            first++;
        }

        for (var sum = counts[^1]; sum <= crumbs; sum += counts[last])
        {
            last--;
        }

        return (first, last);
    }
}
