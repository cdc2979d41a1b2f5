using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Events;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Clips;

/// <summary>Finds the events of the chosen kinds on each frame. Not thread-safe.</summary>
/// <param name="kinds">The chosen kinds.</param>
/// <param name="events">Thresholds of object events.</param>
/// <param name="time">The clock.</param>
internal sealed class ClipTrigger(IReadOnlyList<string> kinds, EventsOptions events, TimeProvider time)
{
    private readonly HashSet<string> _kinds = new(kinds, StringComparer.Ordinal);
    private readonly ObjectEventDetector _objects = new(events, time);

    /// <summary>Adds the events of a frame to <paramref name="found"/>.</summary>
    public void Observe(Frame frame, List<ClipEvent> found)
    {
        foreach (var happened in _objects.Observe(frame))
        {
            var kind = Word(happened.Change);
            if (_kinds.Contains(kind))
            {
                found.Add(Event(kind, happened.Id, frame, happened.Extent));
            }
        }

        for (var i = 0; i < frame.ZoneEvents.Count; i++)
        {
            var happened = frame.ZoneEvents[i];
            var kind = happened.IsCrossing ? "crossed" : ZoneEvent.Word(happened.Change);
            if (_kinds.Contains(kind))
            {
                var one = Event(kind, happened.Id, frame, _objects.LastExtent(happened.Id));
                found.Add(happened.IsCrossing
                    ? one with { Line = happened.Name, Direction = ZoneEvent.Word(happened.Change) }
                    : one with { Zone = happened.Name });
            }
        }
    }

    private static string Word(ObjectChange change) => change switch
    {
        ObjectChange.Appeared => "appeared",
        ObjectChange.Moved => "moved",
        ObjectChange.Lost => "lost",
        _ => "recovered",
    };

    private static ClipEvent Event(string kind, byte id, Frame frame, in Extent extent) => new(
        kind,
        Zone: null,
        Line: null,
        Direction: null,
        id,
        frame.Mask?.Looks.Name(id),
        frame.Number,
        frame.CapturedTime,
        extent.Area == 0 ? null : [extent.Left, extent.Top, extent.Right - extent.Left, extent.Bottom - extent.Top]);
}
