using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>How large the followed objects were lately, so that the budget does not make the network's picture too small for one of
/// them.</summary>
internal sealed class ObjectSizes
{
    /// <summary>Memory cells a side that the smallest object keeps, where it has as many at full size.</summary>
    public const double LeastCells = 4;

    /// <summary>Network pixels a side of a memory cell.</summary>
    public const int CellPixels = 16;

    // An object that goes behind something seems smaller for a while: its area counts down by this share from one measurement to the next.
    private const double Decay = 0.8;

    private readonly ObjectExtents _extents = new();
    private readonly double[] _areas = new double[256];
    private readonly bool[] _followed = new bool[256];

    /// <summary>Measures a mask. An object without a pixel keeps its size: it may come back as it was.</summary>
    public void Measure(FrameMask mask)
    {
        _extents.Measure(mask.Part);
        Array.Clear(_followed);
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            var id = mask.Objects[i].Id;
            _followed[id] = true;
            _areas[id] = _extents[id].Area == 0 ? _areas[id] : Math.Max(_extents[id].Area, _areas[id] * Decay);
        }
    }

    /// <summary>Centre of an object's bounding box in the last mask; 0, 0 where it had no pixel.</summary>
    public (double X, double Y) CentreOf(byte id) =>
        ((_extents[id].Left + _extents[id].Right) / 2.0, (_extents[id].Top + _extents[id].Bottom) / 2.0);

    /// <summary>Forgets every size.</summary>
    public void Clear() => Array.Clear(_areas);

    /// <summary>
    /// What the network picture's sides may be multiplied by at least, 0 to 1: there the smallest object, taken as a square, has four
    /// memory cells a side. 1 where it has no more at full size; 0 without an object.
    /// </summary>
    /// <param name="magnification">An object's network pixels for each pixel of the mask a side, at the full budget.</param>
    public double LeastScale(Func<byte, double> magnification)
    {
        var least = 0.0;
        for (var id = 0; id < _areas.Length; id++)
        {
            if (!_followed[id])
            {
                _areas[id] = 0;
            }
            else if (_areas[id] > 0)
            {
                least = Math.Max(least, LeastCells * CellPixels / (Math.Sqrt(_areas[id]) * magnification((byte)id)));
            }
        }

        return Math.Min(1, least);
    }
}
