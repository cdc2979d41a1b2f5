using SwiftNet.Imaging.Extents;
using SwiftNet.Imaging.Rle;

namespace SwiftNet.Imaging;

/// <summary>A mask of a part of a frame. Nothing is copied.</summary>
/// <param name="ids">An id a pixel of the part, row by row; may be longer.</param>
/// <param name="region">The part.</param>
internal readonly ref struct MaskPart(ReadOnlySpan<byte> ids, MaskRegion region)
{
    /// <summary>An id a pixel of the part, row by row.</summary>
    public ReadOnlySpan<byte> Ids { get; } = ids[..region.Area];

    /// <summary>The part.</summary>
    public MaskRegion Region { get; } = region;

    /// <summary>A mask of a whole frame of <paramref name="width"/> columns.</summary>
    public static MaskPart Whole(ReadOnlySpan<byte> ids, int width) =>
        new(ids, MaskRegion.Whole(width, width == 0 ? 0 : ids.Length / width));

    /// <summary>The ids in a row of the frame, from the part's first column on; empty where the part has no such row.</summary>
    /// <param name="y">Row of the frame.</param>
    public ReadOnlySpan<byte> Row(int y) =>
        y < Region.Y || y >= Region.Y + Region.Height ? [] : Ids.Slice((y - Region.Y) * Region.Width, Region.Width);

    /// <summary>Fills a mask of the whole frame.</summary>
    /// <param name="whole">Receives an id a pixel of the frame.</param>
    public void CopyTo(Span<byte> whole)
    {
        if (Region.Area == whole.Length)
        {
            Ids.CopyTo(whole);
            return;
        }

        whole.Clear();
        for (var y = Region.Y; y < Region.Y + Region.Height; y++)
        {
            Row(y).CopyTo(whole[((y * Region.FrameWidth) + Region.X)..]);
        }
    }

    /// <summary>The runs of its objects: <c>foreach (var (id, y, start, end) in part)</c>, row by row, columns and rows of the
    /// frame.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the runs.</summary>
    public ref struct Enumerator(MaskPart part)
    {
        private readonly MaskPart _part = part;
        private IdRuns _runs = new(part.Row(part.Region.Y));
        private int _y = part.Region.Y;

        /// <summary>The run: its id, its row, its first column, the column behind its last.</summary>
        public (byte Id, int Y, int Start, int End) Current { get; private set; }

        /// <summary>Goes to the next run.</summary>
        public bool MoveNext()
        {
            while (!_runs.MoveNext())
            {
                if (++_y >= _part.Region.Y + _part.Region.Height)
                {
                    return false;
                }

                _runs = new IdRuns(_part.Row(_y));
            }

            var (id, start, end) = _runs.Current;
            Current = (id, _y, _part.Region.X + start, _part.Region.X + end);
            return true;
        }
    }
}
