using System.Globalization;

namespace SwiftNet.Live.Options;

/// <summary>A point in shares of the frame's width and height, 0 to 1.</summary>
internal readonly record struct ZonePoint(double X, double Y);

/// <summary>A zone, which is a polygon, or a line, which has two points.</summary>
/// <param name="Name">Its name, unique among the camera's zones and lines.</param>
/// <param name="Points">Its corners in order; of a line, its first and its second point.</param>
internal sealed record ZoneShape(string Name, IReadOnlyList<ZonePoint> Points)
{
    /// <summary>Maximum number of zones and lines of a camera.</summary>
    public const int Most = 32;

    /// <summary>Maximum number of points.</summary>
    public const int MostPoints = 64;

    /// <summary>Maximum number of characters of a name.</summary>
    public const int LongestName = 64;

    /// <summary>Whether it is a line.</summary>
    public bool IsLine => Points.Count == 2;

    /// <summary>What is wrong with it, as a sentence; null = nothing.</summary>
    public string? Problem =>
        Name.Length is 0 or > LongestName || Name != Name.Trim() || !Name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
            ? $"The name of a zone or line must have 1 to {LongestName} letters, digits, spaces, - or _."
        : Points.Count is < 2 or > MostPoints ? $"A line has 2 points, a zone 3 to {MostPoints}; these are {Points.Count}."
        : !Points.All(p => p is { X: >= 0 and <= 1, Y: >= 0 and <= 1 })
            ? "Each coordinate must be from 0 to 1, a share of the frame's width or height."
        : IsLine && Points[0] == Points[1] ? "The two points of a line must differ."
        : !IsLine && (Points.All(p => p.X == Points[0].X) || Points.All(p => p.Y == Points[0].Y))
            ? "The points of a zone must not be on one line."
        : null;

    /// <summary>Whether both have the same name and points.</summary>
    public bool Equals(ZoneShape? other) => other is not null && Name == other.Name && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>Whether a name is this one's; upper and lower case are the same.</summary>
    public bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The zones and lines of the options.</summary>
    /// <exception cref="FormatException">A text is no zone or line.</exception>
    public static IReadOnlyList<ZoneShape> Of(ZonesOptions options) => [.. Zones(options.Polygons), .. Lines(options.Lines)];

    /// <summary>Parses zones.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public static IReadOnlyList<ZoneShape> Zones(IReadOnlyList<string> texts) => Parse(texts, isLine: false);

    /// <summary>Parses lines.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public static IReadOnlyList<ZoneShape> Lines(IReadOnlyList<string> texts) => Parse(texts, isLine: true);

    /// <summary>Errors in valid options that do not fit together, one line each.</summary>
    /// <param name="options">The options.</param>
    /// <param name="before">Prefix of each key, such as <c>Cameras:0:</c>.</param>
    public static IEnumerable<string> Together(ZonesOptions options, string before = "")
    {
        var shapes = Of(options);
        foreach (var twice in shapes.GroupBy(shape => shape.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"{before}Zones:Polygons={twice.Key}: the names of zones and lines must differ; "
                + $"this one appears {twice.Count()} times";
        }

        if (shapes.Count > Most)
        {
            yield return $"{before}Zones:Polygons: a camera must have at most {Most} zones and lines; these are {shapes.Count}";
        }

        foreach (var (lower, low, upper, high) in new[]
        {
            (nameof(options.LeaveShare), options.LeaveShare, nameof(options.EnterShare), options.EnterShare),
            (nameof(options.UncoverShare), options.UncoverShare, nameof(options.CoverShare), options.CoverShare),
        })
        {
            if (low > high)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{before}Zones:{lower}={low}: must be at most Zones:{upper}, which is {high}");
            }
        }
    }

    private static ZoneShape[] Parse(IReadOnlyList<string> texts, bool isLine) =>
        [.. texts.Select(text => Parse(text) is { Problem: null } shape && shape.IsLine == isLine
            ? shape
            : throw new FormatException($"{text} is no {(isLine ? "line" : "zone")}."))];

    private static ZoneShape Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new ZoneShape(text[..Math.Max(0, colon)].Trim(), [.. text[(colon + 1)..].Split(';').Select(Point)]);
    }

    private static ZonePoint Point(string text) => text.Split(',') is [var x, var y]
        ? new ZonePoint(Number(x), Number(y))
        : throw new FormatException($"{text} is no point.");

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
