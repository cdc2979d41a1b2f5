using System.Globalization;
using OpenCvSharp;

namespace SwiftNet.Live.Segment;

/// <summary>Points that mark one object, in pixels of the frame.</summary>
/// <param name="Inside">Points on the object; at least one.</param>
/// <param name="Outside">Points beside it.</param>
internal sealed record PointPrompt(IReadOnlyList<Point> Inside, IReadOnlyList<Point> Outside);

/// <summary>The prompts for the objects of a first frame, in pixels of that frame. Ids are given in this order: those of the mask file,
/// then a box, polygon or point list each.</summary>
internal sealed record ObjectPrompts
{
    /// <summary>A picture of object ids (palette or gray), or null.</summary>
    public string? MaskPath { get; init; }

    /// <summary>One object each.</summary>
    public IReadOnlyList<Rect> Boxes { get; init; } = [];

    /// <summary>One object each, three corners or more.</summary>
    public IReadOnlyList<IReadOnlyList<Point>> Polygons { get; init; } = [];

    /// <summary>One object each.</summary>
    public IReadOnlyList<PointPrompt> Points { get; init; } = [];

    /// <summary>True when there is no prompt for any object.</summary>
    public bool IsEmpty => MaskPath is null && Boxes.Count + Polygons.Count + Points.Count == 0;

    /// <summary>The same one by one: the mask file first, then each box, polygon and point list.</summary>
    public IEnumerable<ObjectPrompts> Single() =>
    [
        .. MaskPath is null ? [] : new[] { new ObjectPrompts { MaskPath = MaskPath } },
        .. Boxes.Select(box => new ObjectPrompts { Boxes = [box] }),
        .. Polygons.Select(polygon => new ObjectPrompts { Polygons = [polygon] }),
        .. Points.Select(points => new ObjectPrompts { Points = [points] }),
    ];

    /// <summary>Reads prompts as they are written on the command line and in appsettings.</summary>
    /// <param name="mask">A mask file, or null.</param>
    /// <param name="boxes"><c>x,y,w,h</c> each.</param>
    /// <param name="polygons"><c>x1,y1;x2,y2;x3,y3…</c> each.</param>
    /// <param name="points"><c>x,y;x,y;-x,y…</c> each; a minus in front marks a point beside the object.</param>
    /// <exception cref="UserErrorException">One of them is not of its form.</exception>
    public static ObjectPrompts Parse(
        string? mask, IEnumerable<string>? boxes = null, IEnumerable<string>? polygons = null, IEnumerable<string>? points = null) =>
        new()
        {
            MaskPath = string.IsNullOrWhiteSpace(mask) ? null : mask,
            Boxes = [.. (boxes ?? []).Select(ParseBox)],
            Polygons = [.. (polygons ?? []).Select(ParsePolygon)],
            Points = [.. (points ?? []).Select(ParsePoints)],
        };

    private static Rect ParseBox(string text) =>
        Numbers(text) is [var x, var y, > 0 and var width, > 0 and var height]
            ? new Rect(x, y, width, height)
            : throw new UserErrorException(
                $"The box '{text}' is not x,y,width,height in whole pixels with a width and height above 0, such as 100,50,200,120.");

    private static Point[] ParsePolygon(string text)
    {
        var corners = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ParsePoint).ToArray();
        return corners.Length >= 3 && corners.All(c => c is not null)
            ? Array.ConvertAll(corners, c => c!.Value)
            : throw new UserErrorException(
                $"The polygon '{text}' is not three or more corners x,y in whole pixels, such as 10,10;90,12;50,80.");
    }

    private static PointPrompt ParsePoints(string text)
    {
        var points = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(t => (Outside: t.StartsWith('-'), Point: ParsePoint(t.TrimStart('-', '+')))).ToArray();
        var inside = points.Where(p => !p.Outside && p.Point is not null).Select(p => p.Point!.Value).ToArray();
        return inside.Length > 0 && points.All(p => p.Point is not null)
            ? new PointPrompt(inside, [.. points.Where(p => p.Outside).Select(p => p.Point!.Value)])
            : throw new UserErrorException(
                $"The points '{text}' are not points x,y in whole pixels, at least one on the object and a minus before each beside it, "
                    + "such as 120,80;140,95;-10,10.");
    }

    private static Point? ParsePoint(string text) => Numbers(text) is [var x, var y] ? new Point(x, y) : null;

    private static int[] Numbers(string text)
    {
        var parts = text.Split(',');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(
                parts[i],
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out numbers[i]))
            {
                return [];
            }
        }

        return numbers;
    }
}
