using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Maps columns and rows of the picture to memory cells of 16x16 network pixels. The network's input is the scaled picture, centred in its padding.</summary>
internal sealed class CellMap
{
    private const int Cell = 16;
    private (int Width, int Height, int NetworkWidth, int NetworkHeight) _size;
    private int[] _rows = [];

    /// <summary>The cell column of each picture column.</summary>
    public int[] Columns { get; private set; } = [];

    /// <summary>The cell row of picture row <paramref name="y"/>.</summary>
    public int Row(int y) => _rows[y];

    /// <summary>Computes the map for a frame's sizes; no work if they are unchanged.</summary>
    public void Fit(Frame frame, IdMask cells)
    {
        var size = (frame.Width, frame.Height, frame.NetworkWidth, frame.NetworkHeight);
        if (size == _size)
        {
            return;
        }

        Columns = Map(frame.Width, frame.NetworkWidth, cells.Width);
        _rows = Map(frame.Height, frame.NetworkHeight, cells.Height);
        _size = size;
    }

    private static int[] Map(int length, int networkLength, int cells)
    {
        // An odd pixel of padding is on the far side.
        var before = ((cells * Cell) - networkLength) / 2;
        var map = new int[length];
        for (var i = 0; i < length; i++)
        {
            map[i] = ((int)((i + 0.5) * networkLength / length) + before) / Cell;
        }

        return map;
    }
}
