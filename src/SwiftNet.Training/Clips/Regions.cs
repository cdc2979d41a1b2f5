using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>
/// Composes unannotated objects from homogeneous regions of a picture: a shirt with a piece of the fence in front of
/// it, a shadow, half a car. Tracked objects may be anything, and annotated photographs are few.
/// </summary>
internal sealed class Regions
{
    // Smallest and largest object, as shares of the picture.
    private const double Smallest = 0.003, Largest = 0.3, LargestWithAlike = 0.45;

    // Adjacent regions whose mean colours differ by less (sum over three channels of 0 to 255) have no visible border.
    private const double Alike = 18;

    private readonly byte[] _labels;
    private readonly int[] _areas;
    private readonly Vec3f[] _colours;
    private readonly int[][] _neighbours;

    /// <summary>Computes a picture's regions.</summary>
    /// <param name="picture">The picture.</param>
    public Regions(StillPicture picture)
    {
        using var pixels = picture.Decode();
        var map = new RegionMap(pixels);
        (_areas, _colours, _neighbours) = (map.Areas, map.Colours, map.Neighbours);
        using var narrow = Mat.FromPixelData(
            picture.Height, picture.Width, MatType.CV_16UC1, Array.ConvertAll(map.Labels, label => (ushort)label));
        Cv2.ImEncode(".png", narrow, out _labels, [(int)ImwriteFlags.PngCompression, 1]);
    }

    /// <summary>Number of regions.</summary>
    public int Count => _areas.Length;

    /// <summary>Composes objects of similar adjacent regions; no object touches another's regions.</summary>
    /// <param name="picture">The picture of the regions.</param>
    /// <param name="objects">Number of objects, at most 255.</param>
    /// <param name="random">The random generator.</param>
    /// <returns>The picture with the composed objects; there may be fewer than requested.</returns>
    public StillPicture Draw(StillPicture picture, int objects, Random random)
    {
        var ids = new byte[Count];
        var whole = (double)picture.Width * picture.Height;
        for (var id = 1; id <= objects; id++)
        {
            var members = Grow(
                ids,
                (byte)id,
                Smallest * Math.Pow(Largest / Smallest, random.NextDouble()) * whole,
                4 + (60 * random.NextDouble()),
                random);
            TakeAlike(ids, (byte)id, members, LargestWithAlike * whole);
        }

        using var labels = Cv2.ImDecode(_labels, ImreadModes.Unchanged);
        labels.GetArray(out ushort[] all);
        var mask = Array.ConvertAll(all, label => ids[label]);
        using var stepped = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC1, mask);
        using var smooth = new Mat();

        // In smooth areas region borders vary by a pixel.
        Cv2.MedianBlur(stepped, smooth, 5);
        smooth.GetArray(out byte[] kept);
        return picture with
        {
            Mask = StillPictures.GreyPng(new IdMask(picture.Width, picture.Height, kept)),
            Instances = StillPictures.Usable(kept, picture.Width),
        };
    }

    /// <summary>Grows one object from a region, preferring similar neighbours.</summary>
    private List<int> Grow(byte[] ids, byte id, double area, double tolerance, Random random)
    {
        var at = BatchPlan.Draw(random, Count, i => ids[i] == 0 ? Math.Sqrt(_areas[i]) : 0);
        var (reached, edge, members) = (0.0, new List<int> { at }, new List<int>());
        while (edge.Count > 0 && reached < area)
        {
            var next = edge[BatchPlan.Draw(random, edge.Count, i => Math.Exp(-Distance(edge[i], at) / tolerance) + 1e-6)];
            edge.Remove(next);
            if (ids[next] != 0 || (reached > 0 && reached + _areas[next] > 2 * area))
            {
                continue;
            }

            ids[next] = id;
            reached += _areas[next];
            members.Add(next);
            edge.AddRange(_neighbours[next].Where(n => ids[n] == 0 && !edge.Contains(n)));
        }

        return members;
    }

    /// <summary>Adds regions that no visible border separates from the object: half a lawn has no outline.</summary>
    private void TakeAlike(byte[] ids, byte id, List<int> members, double largest)
    {
        var area = members.Sum(m => (double)_areas[m]);
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var next in _neighbours[members[i]])
            {
                if (ids[next] == 0 && Distance(next, members[i]) < Alike && area + _areas[next] <= largest)
                {
                    ids[next] = id;
                    area += _areas[next];
                    members.Add(next);
                }
            }
        }
    }

    private double Distance(int one, int other)
    {
        var (a, b) = (_colours[one], _colours[other]);
        return Math.Abs(a.Item0 - b.Item0) + Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2);
    }
}
