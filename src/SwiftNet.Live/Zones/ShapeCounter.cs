using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>Finds and counts the events of a zone or a line.</summary>
/// <param name="shape">The zone or line.</param>
/// <param name="isDrawn">Whether it was drawn on the page; else it is in the settings.</param>
internal abstract class ShapeCounter(ZoneShape shape, bool isDrawn)
{
    private readonly long[] _counts = new long[Enum.GetValues<ZoneChange>().Length];

    /// <summary>The zone or line.</summary>
    public ZoneShape Shape => shape;

    /// <summary>Whether it was drawn on the page; else it is in the settings.</summary>
    public bool IsDrawn => isDrawn;

    /// <summary>The kinds of its events.</summary>
    public abstract IReadOnlyList<ZoneChange> Kinds { get; }

    /// <summary>Ids of the objects inside; none at a line.</summary>
    public virtual IReadOnlyList<int> Inside => [];

    /// <summary>The counter of a zone or line.</summary>
    public static ShapeCounter For(ZoneShape shape, bool isDrawn) =>
        shape.IsLine ? new LineCounter(shape, isDrawn) : new ZoneCounter(shape, isDrawn);

    /// <summary>Events of a kind so far.</summary>
    public long Count(ZoneChange kind) => _counts[(int)kind];

    /// <summary>Goes on from a count.</summary>
    public void Restore(ZoneChange kind, long count) => _counts[(int)kind] = count;

    /// <summary>Counts from zero; an object that is inside stays inside.</summary>
    public void Reset() => Array.Clear(_counts);

    /// <summary>Takes an object that is visible in a frame.</summary>
    /// <param name="sight">The object.</param>
    /// <param name="options">The thresholds.</param>
    /// <param name="events">Receives the events.</param>
    public abstract void See(in Sight sight, ZonesOptions options, List<ZoneEvent> events);

    /// <summary>An object is no longer tracked, or has been out of sight for too long.</summary>
    /// <param name="id">The object's id.</param>
    /// <param name="now">The frame's time in the video.</param>
    /// <param name="events">Receives the events.</param>
    public abstract void Lose(byte id, TimeSpan now, List<ZoneEvent> events);

    /// <summary>Counts an event.</summary>
    protected ZoneEvent Happened(ZoneChange kind, byte id, int inside = 0, TimeSpan? stay = null) =>
        new(shape.Name, kind, id, stay, ++_counts[(int)kind], inside);
}
