using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Draws what a clip plays on, and the camera's path over it.</summary>
internal sealed class GroundPicker(StillPictures stills, IReadOnlyList<VideoSequence> videos, RegionPictures regions, TrainingOptions options)
{
    private const int Near = 2;

    /// <summary>Draws one.</summary>
    /// <param name="shape">The batch's size.</param>
    /// <param name="progress">How much of the run is over, 0 to 1: the gaps between a video's frames grow.</param>
    /// <param name="random">Chance.</param>
    public Ground Draw(BatchShape shape, double progress, Random random)
    {
        if (videos.Count > 0 && random.NextDouble() < options.VideoShare)
        {
            return Video(shape, progress, random);
        }

        var still = regions.Draw(random) ?? Photograph(random);
        var focus = still.Instances.Length == 0 ? new Rect(0, 0, still.Width, still.Height) : still.Instances[random.Next(still.Instances.Length)].Box;
        var start = Start(new Size(still.Width, still.Height), focus, shape, 0.4, 0.85, random);
        var path = Motion.Draw(start, shape.Frames, Speed.OfCamera.OrSlow(options.NearShare, random), Math.Min(shape.Width, shape.Height), random);
        return new StillGround(still, path, random.NextDouble() < 0.6 ? new Bend(0.03, random) : null);
    }

    private StillPicture Photograph(Random random)
    {
        var bare = stills.Backgrounds.Count > 0 && random.NextDouble() < 0.25;
        var from = bare ? stills.Backgrounds : stills.Scenes;
        return from[BatchPlan.Draw(random, from.Count, i => from[i].Weight)];
    }

    private VideoGround Video(BatchShape shape, double progress, Random random)
    {
        var video = videos[BatchPlan.Draw(random, videos.Count, i => videos[i].Weight)];
        var frames = Frames(video, shape.Frames, (int)Math.Round(options.LeastSkip + ((options.MostSkip - options.LeastSkip) * Math.Min(1, progress / 0.6))), options.NearShare, random);
        var objects = video.Objects[frames[0]];
        var focus = objects[random.Next(objects.Length)].Box;
        using var first = video.Decode(frames[0]);
        var start = Start(first.Size(), focus, shape, 0.5, 1, random);
        return new VideoGround(video, frames, [.. Enumerable.Repeat(start, shape.Frames)]);
    }

    /// <summary>Frames in order of time or against it, with gaps up to <paramref name="skip"/>, some of one or two; the first one shows an object.</summary>
    private static int[] Frames(VideoSequence video, int count, int skip, double near, Random random)
    {
        skip = Math.Clamp(skip, 1, Math.Max(1, (video.Length - 1) / Math.Max(1, count - 1)));
        var gaps = new int[count - 1];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = random.Next(1, 1 + (random.NextDouble() < near ? Math.Min(skip, Near) : skip));
        }

        var span = gaps.Sum();
        var backwards = random.Next(2) == 0;
        for (var attempt = 0; ; attempt++)
        {
            var start = random.Next(video.Length - span);
            var frames = new int[count];
            frames[0] = backwards ? start + span : start;
            for (var i = 1; i < count; i++)
            {
                frames[i] = frames[i - 1] + (backwards ? -gaps[i - 1] : gaps[i - 1]);
            }

            if (video.Objects[frames[0]].Length > 0)
            {
                return frames;
            }

            if (attempt > 50)
            {
                var shown = Array.FindIndex(video.Objects, o => o.Length > 0);
                return [.. Enumerable.Repeat(shown, count)];
            }
        }
    }

    /// <summary>A view of a part of the picture that has the focus in it.</summary>
    private static Pose Start(Size picture, Rect focus, BatchShape shape, double least, double most, Random random)
    {
        // The view's share of the picture, limited where it would reach over the edge.
        var share = least + ((most - least) * random.NextDouble());
        var scale = Math.Max((double)shape.Width / picture.Width, (double)shape.Height / picture.Height) / share;
        var (width, height) = (shape.Width / scale, shape.Height / scale);
        var x = Centre(focus.X + (focus.Width * random.NextDouble()), width, picture.Width, random);
        var y = Centre(focus.Y + (focus.Height * random.NextDouble()), height, picture.Height, random);
        var flipped = random.Next(2) == 0;
        var angle = random.NextDouble() < 0.3 ? 0.12 * Motion.Either(random) : 0;

        // A pose says where the picture's own centre lies.
        var pose = new Pose(0, 0, scale, angle, 0, flipped);
        var (dx, dy) = pose.Apply(x - (picture.Width / 2.0), y - (picture.Height / 2.0));
        return pose with { X = (shape.Width / 2.0) - dx, Y = (shape.Height / 2.0) - dy };
    }

    private static double Centre(double focus, double view, double side, Random random) =>
        Math.Clamp(focus + (0.35 * view * Motion.Either(random)), Math.Min(view / 2, side / 2), Math.Max(side - (view / 2), side / 2));
}
