namespace SwiftNet.Live.Pipeline;

/// <summary>Kinds of zone events.</summary>
internal enum ZoneChange
{
    /// <summary>An object is inside a zone.</summary>
    Entered,

    /// <summary>An object is inside no more, has been out of sight for too long, or is no longer tracked.</summary>
    Left,

    /// <summary>An object has been inside for Zones:DwellSeconds.</summary>
    Dwelled,

    /// <summary>An object covers a zone.</summary>
    Covered,

    /// <summary>An object covers a zone no more.</summary>
    Uncovered,

    /// <summary>An object has crossed a line from its left side to its right side.</summary>
    Forward,

    /// <summary>An object has crossed a line from its right side to its left side.</summary>
    Backward,
}

/// <summary>An event of an object at a zone or a line.</summary>
/// <param name="Name">The name of the zone or line.</param>
/// <param name="Change">The kind of event.</param>
/// <param name="Id">The object's id.</param>
/// <param name="Stay">How long the object has been inside; null unless it left or dwelled.</param>
/// <param name="Count">Events of this kind at this zone or line so far, with this one.</param>
/// <param name="Inside">Objects inside the zone after the event; 0 at a line.</param>
internal readonly record struct ZoneEvent(string Name, ZoneChange Change, byte Id, TimeSpan? Stay, long Count, int Inside)
{
    /// <summary>Whether it is an event of a line.</summary>
    public bool IsCrossing => Change >= ZoneChange.Forward;

    /// <summary>The word for a kind of event.</summary>
    public static string Word(ZoneChange change) => change switch
    {
        ZoneChange.Entered => "entered",
        ZoneChange.Left => "left",
        ZoneChange.Dwelled => "dwelled",
        ZoneChange.Covered => "covered",
        ZoneChange.Uncovered => "uncovered",
        ZoneChange.Forward => "forward",
        _ => "backward",
    };
}
