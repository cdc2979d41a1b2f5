using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>
/// Makes the multi-object split: objects of held-out photographs, pasted on videos that are never trained on. With the video's own object
/// there are
/// two to seven objects, from 0.3 % to 20 % of the picture, some of them look-alikes. The same seed makes the same split.
/// </summary>
/// <param name="videos">The videos.</param>
/// <param name="heldOut">Photographs that are never trained on.</param>
/// <param name="seed">The random seed.</param>
internal sealed class MultiObjectSplit(IReadOnlyList<VideoSequence> videos, StillPictures heldOut, int seed)
{
    /// <summary>Name of the list in ImageSets/2017.</summary>
    public const string Name = "multi";

    /// <summary>Maximum number of frames per sequence.</summary>
    public const int Frames = 40;

    private const double Smallest = 0.003, Largest = 0.2, AlikeShare = 0.35, LeastVisible = 0.7;
    private static readonly int[] s_pasted = [1, 2, 4, 6];

    /// <summary>Writes the split in DAVIS's layout.</summary>
    /// <param name="root">The folder; created if missing.</param>
    /// <returns>The sequences' names.</returns>
    public IReadOnlyList<string> Write(string root)
    {
        var folder = new SplitFolder(root);
        var count = 0;
        foreach (var video in videos)
        {
            foreach (var pasted in s_pasted)
            {
                folder.Add(
                    $"{video.Name}-{pasted + 1}",
                    Math.Min(Frames, video.Length),
                    95,
                    t => (video.Decode(t), video.DecodeMask(t)),
                    Layers(video, pasted, BatchPlan.RandomOf(seed, count++, 0)));
            }
        }

        return folder.Finish(Name);
    }

    /// <summary>Draws layers until every object, the video's own included, is mostly visible in the first frame.</summary>
    private List<Layer> Layers(VideoSequence video, int pasted, Random random)
    {
        while (true)
        {
            using var picture = video.Decode(0);
            using var ids = video.DecodeMask(0);
            var own = Cv2.CountNonZero(ids);
            var layers = new List<Layer>();
            var wanted = new List<double> { own };
            (StillPicture Still, Instance Instance, double Share)? last = null;
            for (var i = 0; i < pasted; i++)
            {
                var one = last is { } before && random.NextDouble() < AlikeShare ? before : Source(pasted, random);
                wanted.Add(one.Share * picture.Width * picture.Height);
                layers.Add(Make(one.Still, one.Instance, wanted[^1], (byte)(i + 2), picture.Size(), random));
                last = one;
            }

            if (SplitFolder.ShowsAll(layers, wanted, LeastVisible, picture, ids))
            {
                return layers;
            }

            layers.ForEach(layer => layer.Dispose());
        }
    }

    private (StillPicture Still, Instance Instance, double Share) Source(int pasted, Random random)
    {
        var still = heldOut.Scenes[random.Next(heldOut.Scenes.Count)];
        var most = pasted > 2 ? Largest / 3 : Largest;
        return (still, still.Instances[random.Next(still.Instances.Length)], Smallest * Math.Pow(most / Smallest, random.NextDouble()));
    }

    /// <summary>A layer that sways around its position and turns and grows a little.</summary>
    private static Layer Make(StillPicture still, Instance instance, double area, byte id, Size size, Random random)
    {
        using var cut = new CutOut(still, instance);
        var (x, y) = ((0.1 + (0.8 * random.NextDouble())) * size.Width, (0.1 + (0.8 * random.NextDouble())) * size.Height);
        var (reachX, reachY) = (0.18 * size.Width * random.NextDouble(), 0.18 * size.Height * random.NextDouble());
        var (pace, phase) = (0.04 + (0.12 * random.NextDouble()), 2 * Math.PI * random.NextDouble());
        var scale = Math.Sqrt(area / cut.Area);
        var flipped = random.Next(2) == 0;
        var path = new Pose[Frames];
        for (var t = 0; t < Frames; t++)
        {
            var (sin, cos) = Math.SinCos((pace * t) + phase);
            path[t] = new Pose(x + (reachX * sin), y + (reachY * cos), scale * (1 + (0.12 * sin)), 0.15 * cos, 0, flipped);
        }

        return new Layer(cut.Picture.Clone(), cut.Alpha.Clone(), id, path, new Bend(0.04, random));
    }
}
