namespace SwiftNet.Training.Clips;

/// <summary>
/// Draws the layers of a clip: its objects, some of them look-alikes, distractors without label, and occluders
/// in front of them.
/// </summary>
internal sealed class LayerPicker(StillPictures stills, RegionPictures regions, TrainingOptions options)
{
    private readonly record struct Placed(StillPicture Still, Instance Instance, double X, double Y, double Size);

    /// <summary>Draws a clip's layers, bottom first.</summary>
    /// <param name="shape">The batch's shape.</param>
    /// <param name="firstLabel">Id of the first pasted object; ids up to the batch's number of objects are pasted.</param>
    /// <param name="background">The background's first frame, whose objects may be pasted again as distractors; null = none.</param>
    /// <param name="random">The random generator.</param>
    public List<Layer> Draw(BatchShape shape, int firstLabel, StillPicture? background, Random random)
    {
        var placed = new List<Placed>();
        var (objects, layers) = (new List<Layer>(), new List<Layer>());
        for (var label = firstLabel; label <= shape.Objects; label++)
        {
            objects.Add(
                Make(
                    Place(placed, shape, options.AlikeShare, random),
                    (byte)label,
                    shape,
                    Speed.OfObjects.OrSlow(options.NearShare, random),
                    random));
        }

        if (random.NextDouble() < options.DistractorShare)
        {
            for (var i = random.Next(1, 3); i > 0; i--)
            {
                layers.Add(Make(Place(placed, shape, 0.5, random), 0, shape, Speed.OfObjects.OrSlow(options.NearShare, random), random));
            }
        }

        if (random.NextDouble() < options.TwinShare && background is not null)
        {
            layers.Add(Twin(background, shape, random));
        }

        if (random.NextDouble() < options.NewcomerShare)
        {
            layers.Add(Newcomer(placed, shape, random));
        }

        layers.AddRange(objects);
        if (random.NextDouble() < options.OccluderShare)
        {
            layers.Add(Occluder(placed, shape, random));
        }

        if (random.NextDouble() < options.ThinOccluderShare)
        {
            layers.Add(ThinOccluder.Draw(shape, random));
        }

        return layers;
    }

    private Placed Place(List<Placed> before, BatchShape shape, double alike, Random random)
    {
        var side = Math.Sqrt((double)shape.Width * shape.Height);
        Placed one;
        if (before.Count > 0 && random.NextDouble() < alike)
        {
            // A look-alike: the same object again, of similar size and nearby.
            var twin = before[random.Next(before.Count)];
            var (sin, cos) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
            var away = twin.Size * (0.9 + random.NextDouble());
            one = twin with
            {
                X = Math.Clamp(twin.X + (cos * away), 0.05 * shape.Width, 0.95 * shape.Width),
                Y = Math.Clamp(twin.Y + (sin * away), 0.05 * shape.Height, 0.95 * shape.Height),
                Size = twin.Size * Math.Exp(0.25 * Motion.Either(random)),
            };
        }
        else
        {
            var (still, instance) = Source(random);
            var most = shape.Objects <= 2 ? options.LargestObject : options.LargestObject * 2 / shape.Objects;
            var share = options.SmallestObject * Math.Pow(most / options.SmallestObject, random.NextDouble());
            var (x, y) = ((0.08 + (0.84 * random.NextDouble())) * shape.Width, (0.08 + (0.84 * random.NextDouble())) * shape.Height);
            one = new Placed(still, instance, x, y, Math.Sqrt(share) * side);
        }

        before.Add(one);
        return one;
    }

    private (StillPicture Still, Instance Instance) Source(Random random)
    {
        var still = regions.Draw(random) ?? Photograph(random);
        return (still, still.Instances[random.Next(still.Instances.Length)]);
    }

    private StillPicture Photograph(Random random)
    {
        var from = stills.CutOuts.Count > 0 && random.NextDouble() < 0.03 ? stills.CutOuts : stills.Scenes;
        return from[BatchPlan.Draw(random, from.Count, i => from[i].Weight)];
    }

    /// <summary>A distractor: an object of the video, pasted again elsewhere without label.</summary>
    private Layer Twin(StillPicture background, BatchShape shape, Random random)
    {
        var side = Math.Sqrt((double)shape.Width * shape.Height);
        var instance = background.Instances[random.Next(background.Instances.Length)];
        var size = side * Math.Sqrt(0.01 * Math.Pow(20, random.NextDouble()));
        return Make(
            new Placed(background, instance, random.NextDouble() * shape.Width, random.NextDouble() * shape.Height, size),
            0,
            shape,
            Speed.OfObjects.OrSlow(options.NearShare, random),
            random);
    }

    private static Layer Make(Placed one, byte label, BatchShape shape, Speed speed, Random random)
    {
        var scale = one.Size / Math.Sqrt(one.Instance.Area);
        var start = new Pose(
            one.X, one.Y, Math.Min(scale, 2.5), 0.3 * Motion.Either(random), 0.1 * Motion.Either(random), random.Next(2) == 0);
        return Make(one, label, Motion.Draw(start, shape.Frames, speed, Math.Min(shape.Width, shape.Height), random), random);
    }

    private static Layer Make(Placed one, byte label, Pose[] path, Random random)
    {
        using var cut = new CutOut(one.Still, one.Instance);
        var picture = cut.Picture.Clone();
        Colours.Draw(0.7, random).Apply(picture);
        return new Layer(picture, cut.Alpha.Clone(), label, path, random.NextDouble() < 0.7 ? new Bend(0.05, random) : null);
    }

    /// <summary>
    /// An unlabelled object that enters the picture behind the labelled objects, as a moving camera would reveal it; it may be new to
    /// memory or look like a labelled object. Teaches that new content does not belong to the objects.
    /// </summary>
    private Layer Newcomer(List<Placed> placed, BatchShape shape, Random random)
    {
        var side = Math.Sqrt((double)shape.Width * shape.Height);
        var like = placed.Count > 0 && random.NextDouble() < 0.3 ? placed[random.Next(placed.Count)] : (Placed?)null;
        var (still, instance) = like is { } known ? (known.Still, known.Instance) : Source(random);
        var size = like is { } twin ? twin.Size * Math.Exp(0.25 * Motion.Either(random)) : (0.1 + (0.5 * random.NextDouble())) * side;
        var (sin, cos) = Math.SinCos(random.NextDouble() * 2 * Math.PI);

        // Starts outside the picture and moves some way towards the centre.
        var (halfWidth, halfHeight) = ((shape.Width + size) / 2, (shape.Height + size) / 2);
        var outside = 1.1 * Math.Min(halfWidth / Math.Max(Math.Abs(cos), 1e-3), halfHeight / Math.Max(Math.Abs(sin), 1e-3));
        var (enters, most) = (random.NextDouble() * (shape.Frames - 2), shape.Frames - 1);
        var depth = 0.2 + (0.6 * random.NextDouble());
        var scale = Math.Min(size / Math.Sqrt(instance.Area), 3);
        var angle = 0.2 * Motion.Either(random);
        var path = new Pose[shape.Frames];
        for (var t = 0; t < path.Length; t++)
        {
            var away = outside * (1 - (depth * Math.Clamp((t - enters) / Math.Max(most - enters, 1), 0, 1)));
            path[t] = new Pose((shape.Width / 2.0) + (cos * away), (shape.Height / 2.0) + (sin * away), scale, angle, 0, false);
        }

        return Make(new Placed(still, instance, 0, 0, size), 0, path, random);
    }

    /// <summary>An occluder that enters from the side and passes over an object, or over the centre.</summary>
    private Layer Occluder(List<Placed> placed, BatchShape shape, Random random)
    {
        var side = Math.Sqrt((double)shape.Width * shape.Height);
        var target = placed.Count == 0
            ? new Placed(default!, default, shape.Width / 2.0, shape.Height / 2.0, side / 3)
            : placed[random.Next(placed.Count)];
        var (still, instance) = Source(random);
        var size = Math.Min(0.35 * side, Math.Max(0.08 * side, target.Size * (0.4 + random.NextDouble())));
        var (sin, cos) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        var away = 0.7 * (size + target.Size);
        var meets = 0.5 + ((shape.Frames - 1) * random.NextDouble());
        var scale = Math.Min(size / Math.Sqrt(instance.Area), 3);
        var path = new Pose[shape.Frames];
        for (var t = 0; t < path.Length; t++)
        {
            var rest = away * (1 - (t / meets));
            path[t] = new Pose(target.X + (cos * rest), target.Y + (sin * rest), scale, 0.2 * Motion.Either(random), 0, false);
        }

        return Make(new Placed(still, instance, 0, 0, size), 0, path, random);
    }
}
