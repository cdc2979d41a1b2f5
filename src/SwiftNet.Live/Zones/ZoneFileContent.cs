using System.Text.Json.Serialization;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>What a camera keeps of its zones for the next start.</summary>
/// <param name="Version">The format's version.</param>
/// <param name="Shapes">The zones and lines.</param>
internal sealed record ZoneFileContent(int Version, IReadOnlyList<KeptShape> Shapes)
{
    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The zones and lines that were drawn.</summary>
    [JsonIgnore]
    public IEnumerable<ZoneShape> Drawn => Shapes.Where(shape => shape.Drawn).Select(shape => shape.ToShape());

    /// <summary>Whether it can be used.</summary>
    [JsonIgnore]
    public bool IsValid => Version == CurrentVersion && Shapes is not null
        && Shapes.All(shape => shape is { Name: not null, Points: not null, Counts: not null, Stays: not null }
            && shape.Points.All(point => point is { Length: 2 }) && shape.ToShape().Problem is null
            && shape.Stays.All(stay => stay is { Id: > 0 }));

    /// <summary>The content of counters.</summary>
    /// <param name="counters">The zones and lines.</param>
    /// <param name="origin">The calendar's time at the video's start.</param>
    /// <param name="before">What was read and is not in the counters yet; null = nothing.</param>
    public static ZoneFileContent Of(IEnumerable<ShapeCounter> counters, DateTimeOffset origin, ZoneFileContent? before) => new(
        CurrentVersion,
        [.. counters.Select(counter => new KeptShape(
            counter.Shape.Name,
            counter.IsDrawn,
            [.. counter.Shape.Points.Select(p => (double[])[p.X, p.Y])],
            counter.Kinds.ToDictionary(ZoneEvent.Word, counter.Count),
            before is not null ? [.. before.StaysIn(counter.Shape)]
                : counter is ZoneCounter zone ? [.. zone.Stays.Select(stay => KeptStay.Of(stay, origin))]
                : []))]);

    /// <summary>Gives the counters their counts; one whose points have changed starts at zero.</summary>
    public void RestoreCounts(IEnumerable<ShapeCounter> counters)
    {
        foreach (var counter in counters)
        {
            foreach (var kind in counter.Kinds)
            {
                counter.Restore(kind, Find(counter.Shape)?.Counts.GetValueOrDefault(ZoneEvent.Word(kind)) ?? 0);
            }
        }
    }

    /// <summary>The objects that were in a zone.</summary>
    public IReadOnlyList<KeptStay> StaysIn(ZoneShape shape) => Find(shape)?.Stays ?? [];

    private KeptShape? Find(ZoneShape shape) => Shapes.FirstOrDefault(kept => kept.ToShape().Equals(shape));
}

/// <summary>A zone or line with its counts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Drawn">Whether it was drawn on the page.</param>
/// <param name="Points">Its points, x and y in shares of the frame.</param>
/// <param name="Counts">Events by kind.</param>
/// <param name="Stays">The objects inside.</param>
internal sealed record KeptShape(
    string Name,
    bool Drawn,
    IReadOnlyList<double[]> Points,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<KeptStay> Stays)
{
    /// <summary>The zone or line.</summary>
    public ZoneShape ToShape() => new(Name, [.. Points.Select(p => new ZonePoint(p[0], p[1]))]);
}

/// <summary>An object in a zone.</summary>
/// <param name="Id">The object's id.</param>
/// <param name="Since">When it came inside.</param>
/// <param name="Inside">Whether it is inside.</param>
/// <param name="Dwelled">Whether it has dwelled.</param>
/// <param name="Covered">Whether it covers the zone.</param>
internal sealed record KeptStay(byte Id, DateTimeOffset Since, bool Inside, bool Dwelled, bool Covered)
{
    /// <summary>A stay, its time in the video turned into the calendar's.</summary>
    public static KeptStay Of(in Stay stay, DateTimeOffset origin) =>
        new(stay.Id, origin + stay.Since, stay.Inside, stay.Dwelled, stay.Covered);

    /// <summary>The stay in a video that started at <paramref name="origin"/>.</summary>
    public Stay In(DateTimeOffset origin) => new(Id, Since - origin, Inside, Dwelled, Covered);
}

/// <summary>JSON of the file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ZoneFileContent))]
internal sealed partial class ZoneFileJson : JsonSerializerContext;
