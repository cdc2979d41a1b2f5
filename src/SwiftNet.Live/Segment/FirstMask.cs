using OpenCvSharp;

namespace SwiftNet.Live.Segment;

/// <summary>Makes a first frame's mask of what the user tells about its objects.</summary>
internal static class FirstMask
{
    /// <summary>Makes the mask, of the frame's size; where prompts overlap, the later one has the pixel.</summary>
    /// <param name="bgr">The first frame: BGR, 8 bit, interleaved, rows without padding.</param>
    /// <param name="width">Its columns, in pixels.</param>
    /// <param name="height">Its rows, in pixels.</param>
    /// <param name="prompts">What the user tells; at least one object.</param>
    /// <exception cref="UserErrorException">A prompt cannot be used; the message says which and why.</exception>
    public static IdMask Create(byte[] bgr, int width, int height, ObjectPrompts prompts)
    {
        if (prompts.IsEmpty)
        {
            throw new UserErrorException("No object is given: name a mask file, a box, a polygon or points.");
        }

        var mask = prompts.MaskPath is { } path ? MaskFile.Read(path, width, height) : new IdMask(width, height, new byte[width * height]);
        var told = new List<(int Id, string What)>();
        var next = mask.Ids.Max() + 1;
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, bgr);
        foreach (var box in prompts.Boxes)
        {
            var what = $"the box {box.X},{box.Y},{box.Width},{box.Height}";
            RequireInside(picture, what, [box.TopLeft, new Point((long)box.X + box.Width, (long)box.Y + box.Height)]);
            using var found = GrabCut.FromBox(picture, box);
            Draw(what, found);
        }

        foreach (var polygon in prompts.Polygons)
        {
            var what = $"the polygon that begins at {polygon[0].X},{polygon[0].Y}";
            RequireInside(picture, what, polygon);
            using var found = GrabCut.FromPolygon(picture, polygon);
            Draw(what, found);
        }

        foreach (var points in prompts.Points)
        {
            var what = $"the points that begin at {points.Inside[0].X},{points.Inside[0].Y}";
            RequireInside(picture, what, points.Inside);
            RequireInside(picture, what, points.Outside);
            using var found = GrabCut.FromPoints(picture, points);
            Draw(what, found);
        }

        foreach (var (id, what) in told)
        {
            if (!mask.Ids.AsSpan().Contains((byte)id))
            {
                throw new UserErrorException($"No pixel is left for {what}: the picture shows no edge there that tells an object from its surroundings, or a later prompt covers it. Draw it larger, or as a polygon.");
            }
        }

        return mask;

        void Draw(string what, Mat found)
        {
            if (next > VideoSegmenter.MaxObjects)
            {
                throw new UserErrorException($"There are more than {VideoSegmenter.MaxObjects} objects, or the mask file uses id {VideoSegmenter.MaxObjects} and leaves none for {what}.");
            }

            using var ids = Mat.FromPixelData(mask.Height, mask.Width, MatType.CV_8UC1, mask.Ids);
            ids.SetTo(next, found);
            told.Add((next++, what));
        }
    }

    private static void RequireInside(Mat picture, string what, IReadOnlyList<Point> points)
    {
        foreach (var point in points)
        {
            if (point.X < 0 || point.Y < 0 || point.X > picture.Width || point.Y > picture.Height)
            {
                throw new UserErrorException($"The frame is {picture.Width}x{picture.Height}; {what} leaves it at {point.X},{point.Y}.");
            }
        }
    }
}
