using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>The zones and lines of a camera. The output thread observes frames; any thread may read, add and remove.</summary>
internal sealed class CameraZones : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ZoneEvent> _events = [];
    private readonly TimeSpan?[] _seenAt = new TimeSpan?[256];
    private readonly ZoneKeeper? _keeper;
    private ZonesOptions _options;
    private ShapeCounter[] _counters = [];
    private ObjectPixels _pixels = new([]);
    private ZoneFileContent? _kept;
    private DateTimeOffset _origin;
    private long _revision;

    /// <summary>Starts with the zones of the options and those that were kept.</summary>
    /// <param name="options">The options.</param>
    /// <param name="makeKeeper">Makes what keeps counts and drawn zones for the next start; null = nothing is kept.</param>
    public CameraZones(ZonesOptions options, Func<Func<(ZoneFileContent Content, long Revision)>, ZoneKeeper>? makeKeeper = null)
    {
        _options = options;
        _keeper = makeKeeper?.Invoke(Content);
        _kept = _keeper?.Read();
        Use([.. ZoneShape.Of(options).Select(shape => ShapeCounter.For(shape, isDrawn: false))]);
        foreach (var shape in _kept?.Drawn ?? [])
        {
            if (Find(shape.Name) is null && _counters.Length < ZoneShape.Most)
            {
                Use([.. _counters, ShapeCounter.For(shape, isDrawn: true)]);
            }
        }

        _kept?.RestoreCounts(_counters);
        _keeper?.Start(_revision);
    }

    /// <summary>Receives the events of a frame, on the output thread; the list is valid until the next frame.</summary>
    public Action<Frame>? Happened { get; set; }

    /// <summary>All zones and lines, those of the settings first.</summary>
    public IReadOnlyList<ZoneFacts> Current
    {
        get
        {
            lock (_lock)
            {
                return [.. _counters.Select(ZoneFacts.Of)];
            }
        }
    }

    /// <summary>Finds the events of a frame and gives them to it.</summary>
    public void Observe(Frame frame)
    {
        lock (_lock)
        {
            _events.Clear();
            if (_counters.Length == 0)
            {
                return;
            }

            _origin = frame.CapturedTime - frame.MediaTime;
            Restore(frame.MediaTime);
            _pixels.Measure(frame);
            for (var id = 1; id < _seenAt.Length; id++)
            {
                Observe((byte)id, frame);
            }

            _revision += _events.Count;
            frame.ZoneEvents = _events;
        }

        if (_events.Count > 0)
        {
            Happened?.Invoke(frame);
        }
    }

    /// <summary>Adds a zone or line that was drawn; null if it was not added.</summary>
    /// <param name="shape">A valid zone or line.</param>
    /// <param name="problem">Why it was not added.</param>
    public ZoneFacts? Add(ZoneShape shape, out string? problem)
    {
        lock (_lock)
        {
            problem = Find(shape.Name) is not null ? $"There is a zone or line named {shape.Name} already."
                : _counters.Length >= ZoneShape.Most ? $"There are {ZoneShape.Most} zones and lines already; remove one first."
                : null;
            if (problem is not null)
            {
                return null;
            }

            var added = ShapeCounter.For(shape, isDrawn: true);
            Use([.. _counters, added]);
            return ZoneFacts.Of(added);
        }
    }

    /// <summary>Removes a drawn zone or line; null if there is none of this name, false if it is in the settings.</summary>
    public bool? Remove(string name)
    {
        lock (_lock)
        {
            if (Find(name) is not { IsDrawn: true } removed)
            {
                return Find(name) is null ? null : false;
            }

            Use([.. _counters.Where(counter => counter != removed)]);
            return true;
        }
    }

    /// <summary>Counts from zero at a zone or line; null if there is none of this name.</summary>
    public ZoneFacts? Reset(string name)
    {
        lock (_lock)
        {
            if (Find(name) is not { } counter)
            {
                return null;
            }

            counter.Reset();
            _revision++;
            return ZoneFacts.Of(counter);
        }
    }

    /// <summary>Takes over changed options; a zone or line that stays as it was goes on, and a drawn one whose name is in the options now
    /// is removed.</summary>
    public void Change(ZonesOptions options)
    {
        lock (_lock)
        {
            _options = options;
            var given = ZoneShape.Of(options);
            Use(
            [
                .. given.Select(shape => Array.Find(_counters, counter => !counter.IsDrawn && counter.Shape.Equals(shape))
                    ?? ShapeCounter.For(shape, isDrawn: false)),
                .. _counters.Where(counter => counter.IsDrawn && !given.Any(shape => shape.IsNamed(counter.Shape.Name)))
                    .Take(ZoneShape.Most - given.Count),
            ]);
        }
    }

    /// <summary>Keeps the counts for the next start.</summary>
    public void Dispose() => _keeper?.Dispose();

    // With the first frame, which gives the time in the video that a kept time is.
    private void Restore(TimeSpan now)
    {
        foreach (var zone in _kept is null ? [] : _counters.OfType<ZoneCounter>())
        {
            foreach (var stay in _kept!.StaysIn(zone.Shape))
            {
                zone.Restore(stay.In(_origin));
                _seenAt[stay.Id] = now;
            }
        }

        _kept = null;
    }

    private void Observe(byte id, Frame frame)
    {
        var now = frame.MediaTime;
        if (_pixels.Area(id) > 0)
        {
            _seenAt[id] = now;
            for (var i = 0; i < _counters.Length; i++)
            {
                _counters[i].See(_pixels.Sight(id, i, now), _options, _events);
            }
        }
        else if (_seenAt[id] is { } seen && (!IsTracked(id, frame.Mask) || (now - seen).TotalSeconds >= _options.LostSeconds))
        {
            _seenAt[id] = null;
            for (var i = 0; i < _counters.Length; i++)
            {
                _counters[i].Lose(id, now, _events);
            }
        }
    }

    // While an object is left out, or there is no mask at all, nothing is known of what is missing.
    private static bool IsTracked(byte id, FrameMask? mask)
    {
        for (var i = 0; mask is { LeavesOut: false } && i < mask.Objects.Count; i++)
        {
            if (mask.Objects[i].Id == id)
            {
                return true;
            }
        }

        return mask is null or { LeavesOut: true };
    }

    private void Use(ShapeCounter[] counters)
    {
        _counters = counters;
        _pixels = new ObjectPixels(counters.Select(counter => counter.Shape));
        _revision++;
    }

    private ShapeCounter? Find(string name) => Array.Find(_counters, counter => counter.Shape.IsNamed(name));

    private (ZoneFileContent Content, long Revision) Content()
    {
        lock (_lock)
        {
            return (ZoneFileContent.Of(_counters, _origin, _kept), _revision);
        }
    }
}
