namespace SwiftNet.Live.Control;

/// <summary>The frames that users point at. They stay after the last few seconds are over, so that there is time to look at a mask, point
/// again and paint: each for a minute after its last request.</summary>
/// <param name="time">The clock.</param>
internal sealed class PointedFrames(TimeProvider time) : IDisposable
{
    private const int Most = 4;
    private static readonly TimeSpan s_stay = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly List<(long Asked, KeptFrame Frame, long At)> _frames = [];

    /// <summary>The frame that was given for this number, held for the caller; else the one that is found now, which stays from now on;
    /// null where none is found.</summary>
    public KeptFrame? Get(long asked, Func<long, KeptFrame?> find)
    {
        lock (_lock)
        {
            Forget();
            var place = _frames.FindIndex(pointed => pointed.Asked == asked || pointed.Frame.Number == asked);
            var frame = place < 0 ? find(asked) : _frames[place].Frame;
            if (frame is null)
            {
                return null;
            }

            // The one asked for last stands last.
            if (place >= 0)
            {
                asked = _frames[place].Asked;
                _frames.RemoveAt(place);
            }
            else if (_frames.Count == Most)
            {
                RemoveFirst();
            }

            _frames.Add((asked, frame, time.GetTimestamp()));
            return frame.Hold();
        }
    }

    /// <summary>Lets those go whose time is over.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            while (_frames is [var first, ..] && time.GetElapsedTime(first.At) > s_stay)
            {
                RemoveFirst();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            while (_frames.Count > 0)
            {
                RemoveFirst();
            }
        }
    }

    private void RemoveFirst()
    {
        _frames[0].Frame.Dispose();
        _frames.RemoveAt(0);
    }
}
