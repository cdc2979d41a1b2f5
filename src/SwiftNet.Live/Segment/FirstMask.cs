using Microsoft.Extensions.Logging;
using OpenCvSharp;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Segment;

/// <summary>Makes a first frame's mask from the user's prompts for its objects.</summary>
internal static partial class FirstMask
{
    /// <summary>Makes the mask, of the frame's size; where prompts overlap, the later one has the pixel.</summary>
    /// <param name="bgr">The first frame: BGR, 8 bit, interleaved, rows without padding.</param>
    /// <param name="width">Its columns, in pixels.</param>
    /// <param name="height">Its rows, in pixels.</param>
    /// <param name="prompts">The user's prompts; at least one object.</param>
    /// <param name="network">The network, for prompts that are not masks; null for GrabCut alone.</param>
    /// <param name="logger">The log for how a mask file was read and for objects of unlikely shape; null for no log.</param>
    /// <exception cref="UserErrorException">A prompt cannot be used; the message says which and why.</exception>
    public static IdMask Create(
        byte[] bgr, int width, int height, ObjectPrompts prompts, SharedNetwork? network = null, ILogger? logger = null)
    {
        if (prompts.IsEmpty)
        {
            throw new UserErrorException("No object is given: name a mask file, a box, a polygon or points.");
        }

        var note = "";
        var mask = prompts.MaskPath is { } path
            ? MaskFile.Read(path, width, height, out note)
            : new IdMask(width, height, new byte[width * height]);
        if (note.Length > 0 && logger is not null)
        {
            Log.Understood(logger, prompts.MaskPath!, note);
        }

        var told = new List<(int Id, string What)>();
        var next = mask.Ids.Max() + 1;
        foreach (var box in prompts.Boxes)
        {
            Draw($"the box {box.X},{box.Y},{box.Width},{box.Height}", new Prompt { Box = [box.X, box.Y, box.Width, box.Height] });
        }

        foreach (var polygon in prompts.Polygons)
        {
            Draw(
                $"the polygon that begins at {polygon[0].X},{polygon[0].Y}",
                new Prompt { Polygon = [.. polygon.Select(p => new double[] { p.X, p.Y })] });
        }

        foreach (var points in prompts.Points)
        {
            Draw(
                $"the points that begin at {points.Inside[0].X},{points.Inside[0].Y}",
                new Prompt { Points = [.. Of(points.Inside, true), .. Of(points.Outside, false)] });
        }

        foreach (var (id, what) in told)
        {
            if (!mask.Ids.AsSpan().Contains((byte)id))
            {
                throw new UserErrorException($"No pixel is left for {what}: a later prompt covers it. Draw it larger, or as a polygon.");
            }
        }

        if (logger is not null)
        {
            WarnOfGround(mask, logger);
        }

        return mask;

        void Draw(string what, Prompt prompt)
        {
            if (next > VideoSegmenter.MaxObjects)
            {
                throw new UserErrorException(
                    $"There are more than {VideoSegmenter.MaxObjects} objects, or the mask file uses id {VideoSegmenter.MaxObjects} and "
                        + $"leaves none for {what}.");
            }

            try
            {
                var found = new PromptMask(network).Find(bgr, width, height, prompt).Pixels;
                for (var i = 0; i < found.Length; i++)
                {
                    mask.Ids[i] = found[i] == 0 ? mask.Ids[i] : (byte)next;
                }
            }
            catch (PromptException e)
            {
                throw new UserErrorException($"Of {what} no object can be made. {e.Message}", e);
            }

            told.Add((next++, what));
        }
    }

    // As a background that was taken for an object does.
    private static void WarnOfGround(IdMask mask, ILogger logger)
    {
        foreach (var id in mask.DistinctIds())
        {
            var extent = MaskExtent.Of(mask, id);
            if (extent.CoversMost || extent.TouchesAllSides)
            {
                Log.LikeABackground(logger, id, extent.Share, extent.TouchesAllSides ? " and touches all four sides" : "");
            }
        }
    }

    private static IEnumerable<PromptPoint> Of(IEnumerable<Point> points, bool inside) =>
        points.Select(p => new PromptPoint(p.X, p.Y, inside));

    private static partial class Log
    {
        [LoggerMessage(1, Microsoft.Extensions.Logging.LogLevel.Warning, "Mask {Path}: {Note}")]
        public static partial void Understood(ILogger logger, string path, string note);

        [LoggerMessage(
            2,
            Microsoft.Extensions.Logging.LogLevel.Warning,
            "Object {Id} of the first mask covers {Share:P0} of the picture{Sides}: is it the background?")]
        public static partial void LikeABackground(ILogger logger, byte id, double share, string sides);
    }
}
