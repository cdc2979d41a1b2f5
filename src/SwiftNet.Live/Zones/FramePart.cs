using SwiftNet.Live.Options;

namespace SwiftNet.Live.Zones;

/// <summary>A part of a frame as spans of pixels, row by row. A pixel belongs to it where its centre does.</summary>
internal sealed class FramePart
{
    // Row y has the spans from _firsts[y] to before _firsts[y + 1], each a column and the column behind its last.
    private readonly int[] _firsts;
    private readonly (int Start, int End)[] _spans;

    private FramePart(int height, Func<double, IEnumerable<(double From, double To)>> spansAt, int width)
    {
        _firsts = new int[height + 1];
        var spans = new List<(int Start, int End)>();
        for (var y = 0; y < height; y++)
        {
            foreach (var (from, to) in spansAt(y + 0.5))
            {
                var (start, end) = (Math.Clamp((int)Math.Ceiling(from - 0.5), 0, width), Math.Clamp((int)Math.Ceiling(to - 0.5), 0, width));
                if (end > start)
                {
                    spans.Add((start, end));
                    Area += end - start;
                }
            }

            _firsts[y + 1] = spans.Count;
        }

        _spans = [.. spans];
    }

    /// <summary>Pixels.</summary>
    public int Area { get; }

    /// <summary>A polygon; where it crosses itself, what an odd number of its sides surrounds.</summary>
    /// <param name="corners">Its corners in order, in shares of the frame.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="height">Rows of the frame.</param>
    public static FramePart Polygon(IReadOnlyList<ZonePoint> corners, int width, int height)
    {
        return new FramePart(height, SpansAt, width);

        IEnumerable<(double From, double To)> SpansAt(double y)
        {
            var crossings = new List<double>();
            for (var i = 0; i < corners.Count; i++)
            {
                var (a, b) = (corners[i], corners[(i + 1) % corners.Count]);
                var (top, bottom) = (a.Y * height, b.Y * height);
                if (top <= y != bottom <= y)
                {
                    crossings.Add(((a.X + ((b.X - a.X) * (y - top) / (bottom - top))) * width));
                }
            }

            crossings.Sort();
            return crossings.Chunk(2).Select(pair => (pair[0], pair[1]));
        }
    }

    /// <summary>What is on the right side of a line, continued without end, seen from its first point.</summary>
    /// <param name="from">The first point, in shares of the frame.</param>
    /// <param name="to">The second point.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="height">Rows of the frame.</param>
    public static FramePart RightOf(ZonePoint from, ZonePoint to, int width, int height)
    {
        var (dx, dy) = ((to.X - from.X) * width, (to.Y - from.Y) * height);
        return new FramePart(height, SpanAt, width);

        IEnumerable<(double From, double To)> SpanAt(double y)
        {
            var across = dx * (y - (from.Y * height));
            if (dy == 0)
            {
                return across > 0 ? [(0, width)] : [];
            }

            // Right of the line is where across exceeds dy (x - from.x).
            var x = (from.X * width) + (across / dy);
            return dy > 0 ? [(0, x)] : [(x, width)];
        }
    }

    /// <summary>How many pixels of a run belong to it.</summary>
    /// <param name="y">Row of the frame.</param>
    /// <param name="start">First column.</param>
    /// <param name="end">The column behind the last.</param>
    public int Count(int y, int start, int end)
    {
        var count = 0;
        for (var i = _firsts[y]; i < _firsts[y + 1]; i++)
        {
            var (from, to) = _spans[i];
            count += Math.Max(0, Math.Min(end, to) - Math.Max(start, from));
        }

        return count;
    }
}
