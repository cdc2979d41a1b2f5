namespace SwiftNet.Live.Control;

/// <summary>The last few seconds of a camera: every frame where there is room for that many, else as many as there is room for, evenly
/// spaced. The segment thread puts in; any thread looks.</summary>
/// <param name="span">How far back it reaches.</param>
/// <param name="bytes">What its frames may take in all; the newest one is always kept.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptFrames(TimeSpan span, long bytes, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<KeptFrame> _frames = [];
    private long _held;

    /// <summary>Takes a frame over. Frames of another size are dropped: no client can point at them any more.</summary>
    public void Put(KeptFrame frame)
    {
        lock (_lock)
        {
            if (_frames is [.., var last] && (last.Width, last.Height) != (frame.Width, frame.Height))
            {
                RemoveOldest(_frames.Count);
            }

            Thin(frame);
            _frames.Add(frame);
            _held += frame.Bytes;
            var old = 0;
            while (old < _frames.Count - 1 && (_held > bytes || time.GetElapsedTime(_frames[old].CapturedAt, frame.CapturedAt) > span))
            {
                _held -= _frames[old++].Bytes;
            }

            Drop(old);
        }
    }

    /// <summary>The newest frame, held for the caller; null before the first.</summary>
    public KeptFrame? Newest()
    {
        lock (_lock)
        {
            return _frames is [.., var newest] ? newest.Hold() : null;
        }
    }

    /// <summary>The frame of this number, held for the caller; null where it is not kept.</summary>
    public KeptFrame? Find(long number)
    {
        lock (_lock)
        {
            return _frames.Find(frame => frame.Number == number)?.Hold();
        }
    }

    /// <summary>The frame of this number or, where that was left out for want of room, the nearest one; held for the caller. Null where it
    /// lies outside of what is kept.</summary>
    public KeptFrame? Nearest(long number)
    {
        lock (_lock)
        {
            return _frames is [var oldest, .., var newest] && number >= oldest.Number && number <= newest.Number
                ? _frames.MinBy(frame => Math.Abs(frame.Number - number))!.Hold()
                : _frames.Find(frame => frame.Number == number)?.Hold();
        }
    }

    /// <summary>How many are newer than <paramref name="number"/>.</summary>
    public int CountAfter(long number)
    {
        lock (_lock)
        {
            return _frames.Count - FirstAfter(number);
        }
    }

    /// <summary>The frame so many after <paramref name="number"/>, 1 being the next one, held for the caller; null where there are not so
    /// many.</summary>
    public KeptFrame? After(long number, int count)
    {
        lock (_lock)
        {
            var at = FirstAfter(number) + count - 1;
            return at < _frames.Count ? _frames[at].Hold() : null;
        }
    }

    /// <summary>The numbers of the oldest and the newest; null before the first.</summary>
    public (long Oldest, long Newest)? Range()
    {
        lock (_lock)
        {
            return _frames is [var oldest, ..] ? (oldest.Number, _frames[^1].Number) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            RemoveOldest(_frames.Count);
        }
    }

    // Where the whole span does not fit, the newest makes way for the next one unless it stands far enough from the one before it.
    private void Thin(KeptFrame next)
    {
        var room = Math.Max(2, bytes / next.Bytes);
        if (_frames.Count >= 2 && time.GetElapsedTime(_frames[^2].CapturedAt, next.CapturedAt) <= span / room)
        {
            _held -= _frames[^1].Bytes;
            _frames[^1].Dispose();
            _frames.RemoveAt(_frames.Count - 1);
        }
    }

    private int FirstAfter(long number)
    {
        var first = _frames.Count;
        while (first > 0 && _frames[first - 1].Number > number)
        {
            first--;
        }

        return first;
    }

    private void RemoveOldest(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _held -= _frames[i].Bytes;
        }

        Drop(count);
    }

    private void Drop(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _frames[i].Dispose();
        }

        _frames.RemoveRange(0, count);
    }
}
