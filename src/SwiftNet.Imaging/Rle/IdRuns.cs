namespace SwiftNet.Imaging.Rle;

/// <summary>The runs of one object id in a row of a mask, background left out: <c>foreach (var (id, start, end) in new
/// IdRuns(row))</c>.</summary>
internal ref struct IdRuns(ReadOnlySpan<byte> row)
{
    private readonly ReadOnlySpan<byte> _row = row;
    private int _end;

    /// <summary>The run: its id, its first column, the column behind its last.</summary>
    public (byte Id, int Start, int End) Current { get; private set; }

    /// <summary>Itself.</summary>
    public readonly IdRuns GetEnumerator() => this;

    /// <summary>Goes to the next run.</summary>
    public bool MoveNext()
    {
        var gap = _row[_end..].IndexOfAnyExcept((byte)0);
        if (gap < 0)
        {
            return false;
        }

        var start = _end + gap;
        var length = _row[start..].IndexOfAnyExcept(_row[start]);
        _end = length < 0 ? _row.Length : start + length;
        Current = (_row[start], start, _end);
        return true;
    }
}
