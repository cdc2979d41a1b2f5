using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>Detects object events from frame to frame. Not thread-safe.</summary>
internal sealed class ObjectEventDetector(EventsOptions options, TimeProvider time)
{
    private readonly ObjectExtents _extents = new();
    private readonly Sight?[] _sights = new Sight?[256];
    private readonly List<ObjectEvent> _events = [];

    /// <summary>The events of a frame; valid until the next call.</summary>
    public IReadOnlyList<ObjectEvent> Observe(Frame frame)
    {
        _events.Clear();
        _extents.Measure(frame.Mask is { } mask ? mask.Part : default);
        Forget(frame.Mask);
        for (var id = 1; id < _sights.Length; id++)
        {
            ref readonly var extent = ref _extents[(byte)id];
            if (extent.Area > 0)
            {
                See((byte)id, extent, frame);
            }
            else if (_sights[id] is { IsLost: false } sight
                && time.GetElapsedTime(sight.SeenAt, frame.CapturedAt).TotalSeconds >= options.LostSeconds)
            {
                sight.IsLost = true;
                _events.Add(new ObjectEvent(ObjectChange.Lost, (byte)id, frame.Number, frame.CapturedTime, sight.Extent, 0)
                {
                    Looks = frame.Mask?.Looks,
                });
            }
        }

        return _events;
    }

    /// <summary>Extent of a tracked object when it was last visible; empty if it never was.</summary>
    public Extent LastExtent(byte id) => _sights[id]?.Extent ?? default;

    // An object that is no longer tracked is not lost.
    private void Forget(FrameMask? mask)
    {
        for (var id = 1; mask is not null && id < _sights.Length; id++)
        {
            if (_sights[id] is not null && !IsFollowed((byte)id, mask))
            {
                _sights[id] = null;
            }
        }
    }

    private static bool IsFollowed(byte id, FrameMask mask)
    {
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            if (mask.Objects[i].Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private void See(byte id, in Extent extent, Frame frame)
    {
        var isNew = _sights[id] is null;
        var sight = _sights[id] ??= new Sight();
        ObjectChange? change = isNew
            ? ObjectChange.Appeared
            : sight.IsLost ? ObjectChange.Recovered
            : HasMoved(sight, extent, frame) ? ObjectChange.Moved
            : null;
        (sight.Extent, sight.SeenAt, sight.IsLost) = (extent, frame.CapturedAt, false);
        if (change is { } kind)
        {
            (sight.Reported, sight.ReportedAt) = (extent, frame.CapturedAt);
            _events.Add(new ObjectEvent(kind, id, frame.Number, frame.CapturedTime, extent, ConfidenceOf(id, frame.Mask!))
            {
                Looks = frame.Mask!.Looks,
            });
        }
    }

    private bool HasMoved(Sight sight, in Extent extent, Frame frame)
    {
        if (time.GetElapsedTime(sight.ReportedAt, frame.CapturedAt).TotalSeconds < options.MovedSeconds)
        {
            return false;
        }

        var reported = sight.Reported;
        var (x, y) = (
            (extent.Left + extent.Right - reported.Left - reported.Right) / 2.0,
            (extent.Top + extent.Bottom - reported.Top - reported.Bottom) / 2.0);
        var size = (reported.Right - reported.Left + reported.Bottom - reported.Top) / 2.0;
        return Math.Sqrt((x * x) + (y * y)) > options.MovedShare * size;
    }

    private static float ConfidenceOf(byte id, FrameMask mask)
    {
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            if (mask.Objects[i].Id == id)
            {
                return mask.Objects[i].Confidence;
            }
        }

        return 0;
    }

    private sealed class Sight
    {
        public Extent Extent { get; set; }

        public long SeenAt { get; set; }

        public bool IsLost { get; set; }

        public Extent Reported { get; set; }

        public long ReportedAt { get; set; }
    }
}
