using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A prompt that has been checked against its frame: everything lies on the picture, in whole pixels, and at least one part marks
/// an object.</summary>
internal sealed record PromptOnFrame
{
    /// <summary>Most points on and beside the object together.</summary>
    public const int MaxPoints = 200;

    /// <summary>Most corners of a polygon.</summary>
    public const int MaxCorners = 10_000;

    /// <summary>At least a pixel a side, or null.</summary>
    public Rect? Box { get; private init; }

    /// <summary>Three corners or more, or null.</summary>
    public Point[]? Polygon { get; private init; }

    /// <summary>Points in the order in which they were set, and whether each is on the object.</summary>
    public (Point Pixel, bool Inside)[] Points { get; private init; } = [];

    /// <summary>Those on the object.</summary>
    public Point[] Inside { get; private init; } = [];

    /// <summary>Those beside it.</summary>
    public Point[] Outside { get; private init; } = [];

    /// <summary>A mask to begin with, row by row, 1 on the object; or null.</summary>
    public byte[]? Mask { get; private init; }

    /// <summary>Checks a prompt.</summary>
    /// <exception cref="PromptException">It is too large, leaves the picture, is damaged, or marks no object.</exception>
    public static PromptOnFrame Of(Prompt prompt, int width, int height)
    {
        var frame = new Bounds(width, height);
        if (prompt is { MaskPng: not null, MaskRle: not null })
        {
            throw new PromptException(PromptFault.Unusable, "The prompt holds two masks, as PNG and as run lengths; send one.");
        }

        var points = prompt.Points ?? [];
        Require(points.Count, MaxPoints, "points");
        Require(prompt.Polygon?.Length ?? 0, MaxCorners, "corners of the polygon");
        var pixels = points.Select(point => point is null
            ? throw new PromptException(PromptFault.Unusable, "A point of the prompt is null.")
            : (Pixel: frame.Pixel(point), point.Inside)).ToArray();
        var found = new PromptOnFrame
        {
            Box = prompt.Box is { } box ? frame.Box(box) : null,
            Polygon = prompt.Polygon is { } polygon ? frame.Polygon(polygon) : null,
            Mask = prompt switch
            {
                { MaskPng: { } png } => BaseMask.FromPng(png, width, height),
                { MaskRle: { } runs } => BaseMask.FromRuns(runs, width, height),
                _ => null,
            },
        }.With(pixels);
        return found is { Box: null, Polygon: null, Mask: null, Inside: [] }
            ? throw new PromptException(
                PromptFault.Unusable, "The prompt marks no object: it needs a box, a polygon, a mask, or a point on the object.")
            : found;
    }

    /// <summary>The same with only so many of its points, the first ones; one of those on the object is always among them.</summary>
    public PromptOnFrame First(int count)
    {
        var first = Points[..Math.Min(count, Points.Length)];
        return With(Array.Exists(first, p => p.Inside) ? first : [Points.First(p => p.Inside), .. first]);
    }

    private PromptOnFrame With((Point Pixel, bool Inside)[] points) => this with
    {
        Points = points,
        Inside = [.. points.Where(p => p.Inside).Select(p => p.Pixel)],
        Outside = [.. points.Where(p => !p.Inside).Select(p => p.Pixel)],
    };

    private static void Require(int count, int most, string what)
    {
        if (count > most)
        {
            throw new PromptException(PromptFault.TooLarge, $"The prompt has {count} {what}; at most {most} are read.");
        }
    }

    private readonly record struct Bounds(int Width, int Height)
    {
        public Rect Box(double[] box)
        {
            if (box is not [var x, var y, > 0 and var width, > 0 and var height])
            {
                throw new PromptException(PromptFault.Unusable, "The box is not x, y, width, height with a width and height above 0.");
            }

            var what = $"the box {x},{y},{width},{height}";
            RequireInside(what, x, y);
            RequireInside(what, x + width, y + height);
            var (left, top) = (Math.Min((int)x, Width - 1), Math.Min((int)y, Height - 1));
            return Rect.FromLTRB(
                left, top, Math.Max(left + 1, (int)Math.Ceiling(x + width)), Math.Max(top + 1, (int)Math.Ceiling(y + height)));
        }

        public Point[] Polygon(double[][] corners)
        {
            if (corners.Length < 3 || Array.Exists(corners, c => c is not [_, _]))
            {
                throw new PromptException(PromptFault.Unusable, "The polygon is not three or more corners x, y.");
            }

            var what = $"the polygon that begins at {corners[0][0]},{corners[0][1]}";
            foreach (var corner in corners)
            {
                RequireInside(what, corner[0], corner[1]);
            }

            return Array.ConvertAll(corners, c => new Point((int)Math.Round(c[0]), (int)Math.Round(c[1])));
        }

        public Point Pixel(PromptPoint point)
        {
            RequireInside("the point", point.X, point.Y);
            return new Point(Math.Min((int)point.X, Width - 1), Math.Min((int)point.Y, Height - 1));
        }

        private void RequireInside(string what, double x, double y)
        {
            // Written so that what is no number is refused as well.
            if (!(x >= 0 && y >= 0 && x <= Width && y <= Height))
            {
                throw new PromptException(PromptFault.Unusable, $"The frame is {Width}x{Height}; {what} leaves it at {x},{y}.");
            }
        }
    }
}
