using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Which cell of 16x16 network pixels each column and row of the picture belongs to. The network sees the picture scaled and in the middle of its padding.</summary>
internal sealed class CellMap
{
    private const int Cell = 16;
    private (int Width, int Height, int NetworkWidth, int NetworkHeight) _size;
    private int[] _rows = [];

    /// <summary>The cell column of each column of the picture.</summary>
    public int[] Columns { get; private set; } = [];

    /// <summary>The cell row of row <paramref name="y"/> of the picture.</summary>
    public int Row(int y) => _rows[y];

    /// <summary>Makes the map for this frame's sizes; does nothing while they stay.</summary>
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
        // The odd pixel of padding lies behind.
        var before = ((cells * Cell) - networkLength) / 2;
        var map = new int[length];
        for (var i = 0; i < length; i++)
        {
            map[i] = ((int)((i + 0.5) * networkLength / length) + before) / Cell;
        }

        return map;
    }
}
