using System.Text.Json.Serialization;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Control;

/// <summary>A zone or line to be added.</summary>
internal sealed record ZoneAsk
{
    /// <summary>Its name: 1 to 64 letters, digits, spaces, - or _.</summary>
    public string? Name { get; init; }

    /// <summary>Its points, x and y in shares of the frame, 0 to 1: two for a line, 3 to 64 for a zone.</summary>
    public IReadOnlyList<double[]?>? Points { get; init; }

    /// <summary>The zone or line.</summary>
    /// <exception cref="ControlRefusedException">It is none.</exception>
    public ZoneShape ToShape()
    {
        if (Points is null || Points.Any(point => point is not { Length: 2 }))
        {
            throw new ControlRefusedException(Refusal.Unusable, "The points must be pairs [x, y] of numbers from 0 to 1.");
        }

        var shape = new ZoneShape(Name?.Trim() ?? "", [.. Points.Select(point => new ZonePoint(point![0], point[1]))]);
        return shape.Problem is { } problem ? throw new ControlRefusedException(Refusal.Unusable, problem) : shape;
    }
}

/// <summary>The zones and lines of a camera.</summary>
internal sealed record ZoneList(IReadOnlyList<ZoneFacts> Zones);

/// <summary>What happened at a zone or line.</summary>
/// <param name="Zone">The zone's name; null at a line.</param>
/// <param name="Line">The line's name; null at a zone.</param>
/// <param name="Direction">forward or backward; null at a zone.</param>
/// <param name="Id">The object's id.</param>
/// <param name="Seconds">How long the object has been inside; null unless it left or dwelled.</param>
/// <param name="Count">Events of this kind so far.</param>
/// <param name="Inside">Objects inside the zone; null at a line.</param>
internal sealed record ZoneNews(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Zone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Direction,
    byte Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Seconds,
    long Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Inside)
{
    /// <summary>The news of an event.</summary>
    public static ZoneNews Of(in ZoneEvent happened) => happened.IsCrossing
        ? new(null, happened.Name, ZoneEvent.Word(happened.Change), happened.Id, null, happened.Count, null)
        : new(happened.Name, null, null, happened.Id, SecondsOf(happened.Stay), happened.Count, happened.Inside);

    private static double? SecondsOf(TimeSpan? stay) => stay is { } time ? Math.Round(time.TotalSeconds, 3) : null;
}
