using SwiftNet.Imaging.Rle;

namespace SwiftNet.Live.Control;

/// <summary>A mask as the runs of its objects, a hundredth of its pixels.</summary>
internal sealed class KeptMask
{
    private readonly (byte Id, int Start, int End)[] _runs;
    private readonly int _length;

    /// <summary>Of an id a pixel, row by row.</summary>
    public KeptMask(ReadOnlySpan<byte> ids)
    {
        var runs = new List<(byte Id, int Start, int End)>();
        foreach (var run in new IdRuns(ids))
        {
            runs.Add(run);
        }

        (_runs, _length) = ([.. runs], ids.Length);
    }

    /// <summary>An id a pixel again; the caller's.</summary>
    public byte[] ToIds()
    {
        var ids = new byte[_length];
        foreach (var (id, start, end) in _runs)
        {
            ids.AsSpan(start, end - start).Fill(id);
        }

        return ids;
    }
}
