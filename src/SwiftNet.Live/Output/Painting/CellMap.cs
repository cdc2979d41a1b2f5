using SwiftNet.Tracking;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Maps columns and rows of a window to cells of 16x16 network pixels. The network sees the window scaled and in the middle of its
/// padding.</summary>
internal sealed class CellMap
{
    private const int Cell = 16;
    private FrameWindow _window;
    private int[] _rows = [];

    /// <summary>The cell column of each column of the window.</summary>
    public int[] Columns { get; private set; } = [];

    /// <summary>The cell row of row <paramref name="y"/> of the window.</summary>
    public int Row(int y) => _rows[y];

    /// <summary>Makes the map for a window; does nothing while its shape stays.</summary>
    public void Fit(FrameWindow window, IdMask cells)
    {
        if (window.HasShapeOf(_window))
        {
            return;
        }

        Columns = Map(window.Width, window.NetworkWidth, cells.Width);
        _rows = Map(window.Height, window.NetworkHeight, cells.Height);
        _window = window;
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
