using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Draws a clip's background and the camera's path over it.</summary>
internal sealed class BackgroundPicker(
    StillPictures stills, IReadOnlyList<VideoSequence> videos, RegionPictures regions, TrainingOptions options)
{
    private readonly FramePicker _frames = new(options.NearShare, options.FarShare);

    /// <summary>Draws a background.</summary>
    /// <param name="shape">The batch's shape.</param>
    /// <param name="prompts">Whether the batch trains segmentation from prompts.</param>
    /// <param name="progress">Progress of the run, 0 to 1; gaps between video frames grow with it.</param>
    /// <param name="random">The random generator.</param>
    public Background Draw(BatchShape shape, bool prompts, double progress, Random random)
    {
        if (videos.Count > 0 && random.NextDouble() < options.VideoShare)
        {
            return Video(shape, prompts, progress, random);
        }

        var still = regions.Draw(random) ?? Photograph(random);
        var focus = still.Instances.Length == 0
            ? new Rect(0, 0, still.Width, still.Height)
            : still.Instances[random.Next(still.Instances.Length)].Box;
        var (picture, crop) = (new Size(still.Width, still.Height), new Size(shape.Width, shape.Height));
        var view = still.Instances.Length > 0 && random.NextDouble() < options.WindowShare
            ? new WindowPath(picture, crop, random).Draw([focus])[0]
            : Around(focus, picture, crop, 0.4, 0.85, random);
        var (flipped, angle) = Turn(random);
        var start = view.Pose(picture, crop, angle, flipped);
        var path = Motion.Draw(
            start, shape.Frames, Speed.OfCamera.OrSlow(options.NearShare, random), Math.Min(shape.Width, shape.Height), random);
        return new PhotoBackground(still, path, random.NextDouble() < 0.6 ? new Bend(0.03, random) : null);
    }

    private StillPicture Photograph(Random random)
    {
        var bare = stills.Backgrounds.Count > 0 && random.NextDouble() < 0.25;
        var from = bare ? stills.Backgrounds : stills.Scenes;
        return from[BatchPlan.Draw(random, from.Count, i => from[i].Weight)];
    }

    private VideoBackground Video(BatchShape shape, bool prompts, double progress, Random random)
    {
        // A box or points on one object do not describe a group.
        var video = videos[BatchPlan.Draw(random, videos.Count, i => prompts && videos[i].Traits.Group ? 0 : videos[i].Traits.Weight)];
        var frames = _frames.Draw(
            video,
            shape.Frames,
            (int)Math.Round(options.LeastSkip + ((options.MostSkip - options.LeastSkip) * Math.Min(1, progress / 0.6))),
            random);
        using var first = video.Decode(frames[0]);
        var (picture, crop) = (first.Size(), new Size(shape.Width, shape.Height));
        var objects = video.Objects[frames[0]];
        var focus = objects[random.Next(objects.Length)];
        View[] views;
        if (random.NextDouble() < options.WindowShare)
        {
            var all = random.Next(2) == 0;
            views = new WindowPath(picture, crop, random).Draw(
                Array.ConvertAll(FramePicker.Known(video, frames), f => Box(video.Objects[f], o => all || o.Id == focus.Id)));
        }
        else
        {
            views = [.. Enumerable.Repeat(Around(focus.Box, picture, crop, 0.5, 1, random), frames.Length)];
        }

        Shake(views, frames, picture, crop, random);
        var (flipped, angle) = Turn(random);
        return new VideoBackground(video, frames, Array.ConvertAll(views, v => v.Pose(picture, crop, angle, flipped)));
    }

    /// <summary>The bounding box of the selected objects; empty if none is selected.</summary>
    private static Rect Box(Instance[] objects, Predicate<Instance> chosen) =>
        Array.FindAll(objects, chosen).Select(o => o.Box).DefaultIfEmpty().Aggregate((one, other) => one | other);

    /// <summary>Adds camera motion where a clip repeats a frame.</summary>
    private static void Shake(View[] views, int[] frames, Size picture, Size crop, Random random)
    {
        var (x, y, scale) = (0.0, 0.0, 1.0);
        for (var t = 1; t < views.Length; t++)
        {
            if (frames[t] == frames[t - 1])
            {
                x += Speed.OfCamera.Shift * crop.Width / views[t].Scale * Motion.Either(random);
                y += Speed.OfCamera.Shift * crop.Height / views[t].Scale * Motion.Either(random);
                scale *= Math.Exp(Speed.OfCamera.Growth * Motion.Either(random));
            }

            if (scale != 1)
            {
                var moved = new View(views[t].X + x, views[t].Y + y, views[t].Scale * scale);
                views[t] = (moved with { Scale = Math.Max(moved.Scale, View.WholePicture(picture, crop)) }).Inside(picture, crop);
            }
        }
    }

    /// <summary>A view of a part of the picture that contains the focus.</summary>
    private static View Around(Rect focus, Size picture, Size crop, double least, double most, Random random)
    {
        // The view's share of the picture, limited at the picture's edge.
        var scale = View.WholePicture(picture, crop) / (least + ((most - least) * random.NextDouble()));
        var x = focus.X + (focus.Width * random.NextDouble()) + (0.35 * crop.Width / scale * Motion.Either(random));
        var y = focus.Y + (focus.Height * random.NextDouble()) + (0.35 * crop.Height / scale * Motion.Either(random));
        return new View(x, y, scale).Inside(picture, crop);
    }

    private static (bool Flipped, double Angle) Turn(Random random) =>
        (random.Next(2) == 0, random.NextDouble() < 0.3 ? 0.12 * Motion.Either(random) : 0);
}
