namespace SwiftNet.Live.Control;

/// <summary>A mask as the runs of its objects, a hundredth of its pixels.</summary>
internal sealed class KeptMask
{
    private readonly (byte Id, int Start, int End)[] _runs;
    private readonly int _length;

    /// <summary>Keeps a mask.</summary>
    public KeptMask(MaskPart mask)
    {
        var (runs, width) = (new List<(byte Id, int Start, int End)>(), mask.Region.FrameWidth);
        foreach (var (id, y, start, end) in mask)
        {
            runs.Add((id, (y * width) + start, (y * width) + end));
        }

        (_runs, _length) = ([.. runs], width * mask.Region.FrameHeight);
    }

    /// <summary>An id a pixel of the whole frame again; the caller's.</summary>
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
