using System.Buffers;

namespace SwiftNet.Imaging.Rle;

/// <summary>COCO's compressed run lengths of every object of a mask, made in one pass. Reused from frame to frame.</summary>
/// <remarks>
/// The mask is read column by column; runs of not-object and object take turns, the first being not-object. From the fourth run on the
/// difference to the run before the last is written, as groups of five bits from the lowest on, each a character from '0' (48): 32 is added
/// while more follow, and the highest bit of the last group is the sign (maskApi.c of github.com/cocodataset/cocoapi, rleToString).
/// </remarks>
internal sealed class RunLengths
{
    private const int Block = 32;
    private readonly State[] _states = new State[256];
    private readonly ArrayBufferWriter<byte>?[] _texts = new ArrayBufferWriter<byte>?[256];
    private byte[] _columns = [];
    private int _length;

    /// <summary>Measures a mask of <paramref name="width"/> columns.</summary>
    public void Measure(ReadOnlySpan<byte> ids, int width) => Measure(MaskPart.Whole(ids, width));

    /// <summary>Measures a mask of a part of a frame; the run lengths are those of the whole frame.</summary>
    public void Measure(MaskPart mask)
    {
        Array.Clear(_states);
        Array.ForEach(_texts, static text => text?.ResetWrittenCount());
        var region = mask.Region;
        _length = region.FrameWidth * region.FrameHeight;
        if (_columns.Length < region.Area)
        {
            _columns = new byte[region.Area];
        }

        Transpose(mask.Ids, region.Width, _columns);
        for (var x = 0; x < region.Width; x++)
        {
            var top = ((region.X + x) * region.FrameHeight) + region.Y;
            foreach (var (id, start, end) in new IdRuns(_columns.AsSpan(x * region.Height, region.Height)))
            {
                AddRun(id, top + start, top + end);
            }
        }
    }

    /// <summary>The counts of one object as text; once, after a mask was measured. Valid until the next measure.</summary>
    public ReadOnlySpan<byte> Finish(byte id)
    {
        ref var state = ref _states[id];
        Close(id, ref state);
        if (state.End < _length)
        {
            Add(id, _length - state.End);
            state.End = _length;
        }

        return _texts[id]!.WrittenSpan;
    }

    // A run goes on where the object reaches the bottom of one column and the top of the next.
    private void AddRun(byte id, int start, int end)
    {
        ref var state = ref _states[id];
        if (state.Open > 0 && start == state.End)
        {
            (state.Open, state.End) = (state.Open + end - start, end);
            return;
        }

        Close(id, ref state);
        Add(id, start - state.End);
        (state.Open, state.End) = (end - start, end);
    }

    private void Close(byte id, ref State state)
    {
        if (state.Open > 0)
        {
            Add(id, state.Open);
            state.Open = 0;
        }
    }

    private void Add(byte id, int run)
    {
        var text = _texts[id] ??= new ArrayBufferWriter<byte>(256);
        ref var state = ref _states[id];
        var rest = state.Runs > 2 ? run - state.BeforeLast : run;
        (state.BeforeLast, state.Last) = (state.Last, run);
        state.Runs++;

        bool more;
        do
        {
            var group = rest & 0x1f;
            rest >>= 5;
            more = (group & 0x10) != 0 ? rest != -1 : rest != 0;
            text.GetSpan(1)[0] = (byte)(48 + group + (more ? 32 : 0));
            text.Advance(1);
        }
        while (more);
    }

    // In blocks, so that neither side runs through the cache line by line.
    private static void Transpose(ReadOnlySpan<byte> rows, int width, Span<byte> columns)
    {
        var height = width == 0 ? 0 : rows.Length / width;
        for (var top = 0; top < height; top += Block)
        {
            for (var left = 0; left < width; left += Block)
            {
                var (bottom, right) = (Math.Min(top + Block, height), Math.Min(left + Block, width));
                for (var x = left; x < right; x++)
                {
                    for (var y = top; y < bottom; y++)
                    {
                        columns[(x * height) + y] = rows[(y * width) + x];
                    }
                }
            }
        }
    }

    private record struct State(int Open, int End, int Runs, int Last, int BeforeLast);
}
