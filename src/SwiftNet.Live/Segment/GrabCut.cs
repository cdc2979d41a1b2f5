using OpenCvSharp;

namespace SwiftNet.Live.Segment;

/// <summary>Finds the object that a box, polygon or points tell of, by OpenCV's GrabCut on the surroundings of the prompt.</summary>
internal static class GrabCut
{
    private const byte Background = (byte)GrabCutClasses.BGD;
    private const byte Foreground = (byte)GrabCutClasses.FGD;
    private const byte ProbablyBackground = (byte)GrabCutClasses.PR_BGD;
    private const byte ProbablyForeground = (byte)GrabCutClasses.PR_FGD;

    // GrabCut's time grows faster than the picture; this side keeps it under a second.
    private const int LongestSide = 400;
    private const int Rounds = 5;

    // One pixel for each colour of GrabCut's models; it fails with less.
    private const int LeastPixels = 5;

    /// <summary>What lies in the box and differs from what lies around it. Returns 255 on the object, of the picture's size; the caller disposes it.</summary>
    public static Mat FromBox(Mat picture, Rect box)
    {
        var crop = Around(picture, box, Math.Max(16, Math.Max(box.Width, box.Height) / 5));
        using var seeds = new Mat(picture.Size(), MatType.CV_8UC1, new Scalar(Background));
        // A box over the whole picture leaves nothing to learn the background from but the box's own edge.
        var inside = crop == box ? Rect.Inflate(box, -Math.Min(2, (box.Width - 1) / 2), -Math.Min(2, (box.Height - 1) / 2)) : box;
        Cv2.Rectangle(seeds, inside, new Scalar(ProbablyForeground), -1);
        return Cut(picture, seeds, crop);
    }

    /// <summary>The polygon; one of few corners has its sides moved to the picture's edges. Returns 255 on the object, of the picture's size; the caller disposes it.</summary>
    public static Mat FromPolygon(Mat picture, IReadOnlyList<Point> corners)
    {
        var drawn = new Mat(picture.Size(), MatType.CV_8UC1, Scalar.Black);
        Cv2.FillPoly(drawn, [corners], Scalar.White);
        var radius = Math.Sqrt(Cv2.CountNonZero(drawn) / Math.PI);
        if (Cv2.ArcLength(corners, closed: true) / corners.Count < radius)
        {
            // More than a hexagon was drawn with care, and every edge GrabCut finds beside it makes it worse: measured on DAVIS outlines.
            return drawn;
        }

        using var polygon = drawn;
        using var rim = new Mat(picture.Size(), MatType.CV_8UC1, Scalar.Black);
        var widest = 0;
        for (var i = 0; i < corners.Count; i++)
        {
            // A round object bends away from a chord by side² / (8 radius).
            var next = corners[(i + 1) % corners.Count];
            var side = corners[i].DistanceTo(next);
            var doubt = (int)Math.Min(side * side / (8 * radius), radius / 5);
            Cv2.Line(rim, corners[i], next, Scalar.White, Math.Max(1, 2 * doubt));
            widest = Math.Max(widest, doubt);
        }

        using var seeds = new Mat(picture.Size(), MatType.CV_8UC1, new Scalar(Background));
        seeds.SetTo(new Scalar(ProbablyBackground), rim);
        Cv2.BitwiseAnd(rim, polygon, rim);
        seeds.SetTo(new Scalar(Foreground), polygon);
        seeds.SetTo(new Scalar(ProbablyForeground), rim);
        return Cut(picture, seeds, Around(picture, Cv2.BoundingRect(corners), Math.Max(16, 4 * widest)));
    }

    /// <summary>What looks like the points inside, hangs together with them, and unlike the points outside. Returns 255 on the object, of the picture's size; the caller disposes it.</summary>
    public static Mat FromPoints(Mat picture, PointPrompt points)
    {
        var diagonal = Math.Sqrt(((double)picture.Width * picture.Width) + ((double)picture.Height * picture.Height));
        var (dot, surroundings, reach) = (Math.Max(2, (int)(0.006 * diagonal)), (int)(0.05 * diagonal), (int)(0.15 * diagonal));
        var extent = Cv2.BoundingRect(points.Inside);
        var crop = Around(picture, extent, reach);

        // An object ends within the reach of its points, unless the picture does so before.
        using var seeds = new Mat(picture.Size(), MatType.CV_8UC1, new Scalar(Background));
        Cv2.Rectangle(seeds, Around(picture, extent, Math.Max(0, reach - 3)), new Scalar(ProbablyBackground), -1);
        Cv2.FillConvexPoly(seeds, Cv2.ConvexHull(points.Inside), new Scalar(ProbablyForeground));
        foreach (var point in points.Inside)
        {
            Cv2.Circle(seeds, point, surroundings, new Scalar(ProbablyForeground), -1);
        }

        foreach (var point in points.Outside)
        {
            Cv2.Circle(seeds, point, 2 * dot, new Scalar(Background), -1);
        }

        foreach (var point in points.Inside)
        {
            Cv2.Circle(seeds, point, dot, new Scalar(Foreground), -1);
        }

        using var alike = Cut(picture, seeds, crop);
        return Touching(alike, points.Inside);
    }

    /// <summary>The connected parts of <paramref name="found"/> that hold one of the points.</summary>
    private static Mat Touching(Mat found, IReadOnlyList<Point> points)
    {
        using var parts = new Mat();
        Cv2.ConnectedComponents(found, parts);
        var kept = new Mat(found.Size(), MatType.CV_8UC1, Scalar.Black);
        using var part = new Mat();
        foreach (var point in points)
        {
            Cv2.Compare(parts, new Scalar(parts.At<int>(Math.Min(point.Y, parts.Rows - 1), Math.Min(point.X, parts.Cols - 1))), part, CmpTypes.EQ);
            kept.SetTo(Scalar.White, part);
        }

        return kept;
    }

    private static Mat Cut(Mat picture, Mat seeds, Rect crop)
    {
        var scale = Math.Min(1.0, (double)LongestSide / Math.Max(crop.Width, crop.Height));
        using var small = new Mat();
        using var labels = new Mat();
        using var cropped = new Mat(picture, crop);
        using var croppedSeeds = new Mat(seeds, crop);
        Cv2.Resize(cropped, small, default, scale, scale, InterpolationFlags.Area);
        Cv2.Resize(croppedSeeds, labels, small.Size(), 0, 0, InterpolationFlags.Nearest);

        // Both foreground classes are odd.
        using var foreground = new Mat();
        Cv2.BitwiseAnd(labels, new Scalar(1), foreground);
        var seeded = Cv2.CountNonZero(foreground);
        if (seeded >= LeastPixels && labels.Width * labels.Height - seeded >= LeastPixels)
        {
            Learn(small, labels);
            Cv2.BitwiseAnd(labels, new Scalar(1), foreground);
        }

        foreground.ConvertTo(foreground, MatType.CV_8UC1, 255);
        Cv2.Resize(foreground, foreground, crop.Size, 0, 0, InterpolationFlags.Linear);
        Cv2.Threshold(foreground, foreground, 127, 255, ThresholdTypes.Binary);

        // What was sure stays so at full size.
        var found = new Mat(picture.Size(), MatType.CV_8UC1, Scalar.Black);
        using var place = new Mat(found, crop);
        foreground.CopyTo(place);
        using var sure = new Mat();
        Cv2.Compare(seeds, new Scalar(Foreground), sure, CmpTypes.EQ);
        found.SetTo(Scalar.White, sure);
        Cv2.Compare(seeds, new Scalar(Background), sure, CmpTypes.EQ);
        found.SetTo(Scalar.Black, sure);
        return found;
    }

    private static void Learn(Mat picture, Mat labels)
    {
        using var background = new Mat();
        using var foreground = new Mat();
        // The colour models begin at random: the same picture and prompt shall give the same mask.
        Cv2.SetTheRNG(1);
        Cv2.GrabCut(picture, labels, default, background, foreground, Rounds, GrabCutModes.InitWithMask);
    }

    private static Rect Around(Mat picture, Rect prompt, int margin) =>
        Rect.Inflate(prompt, margin, margin) & new Rect(0, 0, picture.Width, picture.Height);
}
