using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>
/// A picture in small regions of one look, of which objects are put together that no one has marked: a shirt and a piece of the fence
/// before it, a shadow, half a car. What is to be followed may be anything, and photographs with marked objects are few.
/// </summary>
internal sealed class Regions
{
    // An object's share of the picture.
    private const double Smallest = 0.003, Largest = 0.3, LargestWithAlike = 0.45;

    // Neighbours whose mean colours differ by less (sum of three channels of 0 to 255) have no border that can be seen.
    private const double Alike = 18;

    private readonly byte[] _labels;
    private readonly int[] _areas;
    private readonly Vec3f[] _colours;
    private readonly int[][] _neighbours;

    /// <summary>Finds a picture's regions.</summary>
    /// <param name="picture">The picture.</param>
    public Regions(StillPicture picture)
    {
        using var pixels = picture.Decode();
        var map = new RegionMap(pixels);
        (_areas, _colours, _neighbours) = (map.Areas, map.Colours, map.Neighbours);
        using var narrow = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_16UC1, Array.ConvertAll(map.Labels, label => (ushort)label));
        Cv2.ImEncode(".png", narrow, out _labels, [(int)ImwriteFlags.PngCompression, 1]);
    }

    /// <summary>How many there are.</summary>
    public int Count => _areas.Length;

    /// <summary>Puts objects together, each of neighbours that look more or less alike, none of which touches another's regions.</summary>
    /// <param name="picture">The picture that the regions are of.</param>
    /// <param name="objects">How many, at most 255.</param>
    /// <param name="random">Chance.</param>
    /// <returns>The picture with these as its objects, of which there may be fewer.</returns>
    public StillPicture Draw(StillPicture picture, int objects, Random random)
    {
        var ids = new byte[Count];
        var whole = (double)picture.Width * picture.Height;
        for (var id = 1; id <= objects; id++)
        {
            var members = Grow(ids, (byte)id, Smallest * Math.Pow(Largest / Smallest, random.NextDouble()) * whole, 4 + (60 * random.NextDouble()), random);
            TakeAlike(ids, (byte)id, members, LargestWithAlike * whole);
        }

        using var labels = Cv2.ImDecode(_labels, ImreadModes.Unchanged);
        labels.GetArray(out ushort[] all);
        var mask = Array.ConvertAll(all, label => ids[label]);
        using var stepped = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC1, mask);
        using var smooth = new Mat();

        // Their borders wander by a pixel where the picture is smooth.
        Cv2.MedianBlur(stepped, smooth, 5);
        smooth.GetArray(out byte[] kept);
        return picture with { Mask = StillPictures.GreyPng(new IdMask(picture.Width, picture.Height, kept)), Instances = StillPictures.Usable(kept, picture.Width) };
    }

    /// <summary>One object: from a region on, whatever touches it, what looks like it rather than what does not.</summary>
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

    /// <summary>Takes in what no border divides from an object: nobody could tell where half a lawn ends.</summary>
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
