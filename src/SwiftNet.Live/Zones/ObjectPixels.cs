using System.Numerics;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>Pixels of each object of a frame, in all and in each zone or on the right side of each line, counted in one pass. Zones are
/// turned into pixels once for each size of the frame. Reused from frame to frame.</summary>
internal sealed class ObjectPixels
{
    private const int Ids = 256;
    private readonly ZoneShape[] _shapes;
    private readonly FramePart[] _parts;
    private readonly int[] _areas = new int[Ids];
    private readonly int[] _inside;
    private readonly (long X, long Y)[] _sums = new (long, long)[Ids];
    private int _width;
    private int _height;

    /// <summary>Counts in these zones and lines.</summary>
    public ObjectPixels(IEnumerable<ZoneShape> shapes)
    {
        _shapes = [.. shapes];
        _parts = new FramePart[_shapes.Length];
        _inside = new int[_shapes.Length * Ids];
    }

    /// <summary>Pixels of an object.</summary>
    public int Area(int id) => _areas[id];

    /// <summary>What a visible object is to a zone or line.</summary>
    /// <param name="id">The object's id.</param>
    /// <param name="shape">Index of the zone or line.</param>
    /// <param name="now">The frame's time in the video.</param>
    public Sight Sight(byte id, int shape, TimeSpan now)
    {
        var (area, sum) = (_areas[id], _sums[id]);

        // The columns' sums are doubled.
        var centre = new Vector2(sum.X / (2f * area * _width), sum.Y / (2f * area * _height));
        return new Sight(id, area, _inside[(shape * Ids) + id], _parts[shape].Area, centre, now);
    }

    /// <summary>Counts the pixels of a frame's objects.</summary>
    public void Measure(Frame frame)
    {
        Fit(frame.Width, frame.Height);
        Array.Clear(_areas);
        Array.Clear(_inside);
        Array.Clear(_sums);
        if (frame.Mask is not { } mask)
        {
            return;
        }

        foreach (var (id, y, start, end) in mask.Part)
        {
            var count = end - start;
            _areas[id] += count;

            // Twice the sum of the pixels' centres.
            _sums[id].X += (long)count * (start + end);
            _sums[id].Y += (long)count * ((2 * y) + 1);
            for (var i = 0; i < _parts.Length; i++)
            {
                _inside[(i * Ids) + id] += _parts[i].Count(y, start, end);
            }
        }
    }

    private void Fit(int width, int height)
    {
        if (width == _width && height == _height)
        {
            return;
        }

        (_width, _height) = (width, height);
        for (var i = 0; i < _parts.Length; i++)
        {
            var points = _shapes[i].Points;
            _parts[i] = _shapes[i].IsLine
                ? FramePart.RightOf(points[0], points[1], width, height)
                : FramePart.Polygon(points, width, height);
        }
    }
}
