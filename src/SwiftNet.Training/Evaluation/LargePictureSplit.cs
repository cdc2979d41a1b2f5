using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>
/// Makes the split of small objects in large pictures: one to seven objects of held-out photographs, from 0.02 % to 3 % of the picture,
/// move over a background that a slow camera sees. Some are look-alikes; some leave the picture and come back. The same seed makes the same
/// split.
/// </summary>
/// <param name="heldOut">Photographs that are never trained on, and backgrounds.</param>
/// <param name="size">The pictures' size in pixels.</param>
/// <param name="seed">The random seed.</param>
internal sealed class LargePictureSplit(StillPictures heldOut, Size size, int seed)
{
    /// <summary>Name of the list in ImageSets/2017.</summary>
    public const string Name = "large";

    /// <summary>Number of frames per sequence.</summary>
    public const int Frames = 40;

    private const double Smallest = 0.0002, Largest = 0.03, AlikeShare = 0.3, LeavingShare = 0.2, LeastVisible = 0.7;
    private static readonly int[] s_objects = [1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7];

    /// <summary>Writes the split in DAVIS's layout.</summary>
    /// <param name="root">The folder; created if missing.</param>
    /// <returns>The sequences' names.</returns>
    public IReadOnlyList<string> Write(string root)
    {
        var folder = new SplitFolder(root);
        for (var i = 0; i < s_objects.Length; i++)
        {
            var random = BatchPlan.RandomOf(seed, i, 0);
            using var background = new Collage(heldOut.Backgrounds, new Size(5 * size.Width / 4, 5 * size.Height / 4), random);
            var (spareX, spareY) = (background.Picture.Width - size.Width, background.Picture.Height - size.Height);
            var camera = new Sway(spareX / 2.0, spareY / 2.0, 0.02 + (0.04 * random.NextDouble()), random);
            folder.Add($"large-{i + 1:00}-{s_objects[i]}", Frames, 92, View, Layers(s_objects[i], random));

            (Mat Picture, Mat Ids) View(int t)
            {
                var (x, y) = camera.At(t);
                using var view = new Mat(
                    background.Picture, new Rect((spareX + (int)x) / 2, (spareY + (int)y) / 2, size.Width, size.Height));
                return (view.Clone(), new Mat(size.Height, size.Width, MatType.CV_8UC1, Scalar.Black));
            }
        }

        return folder.Finish(Name);
    }

    /// <summary>Draws layers until every object is mostly visible in the first frame.</summary>
    private List<Layer> Layers(int count, Random random)
    {
        while (true)
        {
            var layers = new List<Layer>();
            var wanted = new List<double>();
            (StillPicture Still, Instance Instance, double Area)? last = null;
            for (var i = 0; i < count; i++)
            {
                var one = last is { } before && random.NextDouble() < AlikeShare ? before : Source(random);
                wanted.Add(one.Area);
                layers.Add(Make(one.Still, one.Instance, one.Area, (byte)(i + 1), random));
                last = one;
            }

            if (AllVisible(layers, wanted))
            {
                return layers;
            }

            layers.ForEach(layer => layer.Dispose());
        }
    }

    private bool AllVisible(List<Layer> layers, List<double> wanted)
    {
        using var picture = new Mat(size.Height, size.Width, MatType.CV_8UC3, Scalar.Black);
        using var ids = new Mat(size.Height, size.Width, MatType.CV_8UC1, Scalar.Black);
        return SplitFolder.ShowsAll(layers, wanted, LeastVisible, picture, ids);
    }

    // A photograph shows its object no larger than it is there, so that objects are as sharp as the background.
    private (StillPicture Still, Instance Instance, double Area) Source(Random random)
    {
        var still = heldOut.Scenes[random.Next(heldOut.Scenes.Count)];
        var instance = still.Instances[random.Next(still.Instances.Length)];
        var share = Smallest * Math.Pow(Largest / Smallest, random.NextDouble());
        return (still, instance, Math.Min(instance.Area, share * size.Width * size.Height));
    }

    /// <summary>A layer that sways around its position and turns and grows a little; one of five goes out of the picture and
    /// back.</summary>
    private Layer Make(StillPicture still, Instance instance, double area, byte id, Random random)
    {
        using var cut = new CutOut(still, instance);
        var scale = Math.Sqrt(area / cut.Area);
        var small = new Size(Math.Max(3, Math.Round(cut.Picture.Width * scale)), Math.Max(3, Math.Round(cut.Picture.Height * scale)));
        var (picture, alpha) =
            (cut.Picture.Resize(small, 0, 0, InterpolationFlags.Area), cut.Alpha.Resize(small, 0, 0, InterpolationFlags.Area));
        var leaves = random.NextDouble() < LeavingShare;
        var (x, y) = ((0.06 + (0.88 * random.NextDouble())) * size.Width, (0.06 + (0.88 * random.NextDouble())) * size.Height);
        x = leaves ? (x < size.Width / 2.0 ? 0.1 : 0.9) * size.Width : x;
        var (reachX, reachY) = (0.12 * size.Width * random.NextDouble(), 0.12 * size.Height * random.NextDouble());
        var sway = new Sway(reachX, reachY, 0.04 + (0.1 * random.NextDouble()), random);
        var outside = x > size.Width / 2.0 ? size.Width - x + reachX + small.Width : -(x + reachX + small.Width);
        var flipped = random.Next(2) == 0;
        var path = new Pose[Frames];
        for (var t = 0; t < Frames; t++)
        {
            var ((atX, atY), turn) = (sway.At(t), Math.Sin(0.1 * t));

            var away = leaves ? Away(t / (Frames - 1.0)) : 0;
            path[t] = new Pose(x + atX + (away * outside), y + atY, 1 + (0.1 * turn), 0.12 * turn, 0, flipped);
        }

        return new Layer(picture, alpha, id, path, new Bend(0.03, random));
    }

    // In the picture at first, out of it in the middle, and back for the last third.
    private static double Away(double time) => Math.Clamp(Math.Min((time - 0.15) / 0.15, (0.65 - time) / 0.15), 0, 1);

    // To and fro on an ellipse, from its phase on.
    private sealed class Sway(double reachX, double reachY, double pace, Random random)
    {
        private readonly double _phase = 2 * Math.PI * random.NextDouble();

        public (double X, double Y) At(int t)
        {
            var (sin, cos) = Math.SinCos((pace * t) + _phase);
            return (reachX * sin, reachY * cos);
        }
    }
}
