using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>
/// What memory is told wrongly of some frames, as following gets it wrong: a whole neighbour of an object at its own outlines, as if it were a part of it, or a part of
/// the object left out. What the first frame says is never wrong, so that the network learns to believe it against the previous frame.
/// </summary>
/// <param name="share">Probability of mistakes in a frame.</param>
internal sealed class MemoryMaskCorruption(double share)
{
    // Probability that an object of such a frame has one, and that it is one too much rather than one too little.
    private const double Objects = 0.7, TooMuch = 0.6;

    // How much of an object's pixels a region has to have to be of it, and at most to be its neighbour.
    private const double Own = 0.6, Foreign = 0.25;

    // What is taken in or left out, as a share of the object; and at most, of the picture.
    private const double Least = 0.08, MostTaken = 1.2, MostLost = 0.6, MostOfPicture = 0.25;

    /// <summary>Draws them for one clip of a batch, whose pictures and ids are there; its first and last frame, the one given, the other never told, have none.</summary>
    public void Fill(Batch batch, int clip, Random random)
    {
        for (var frame = 1; share > 0 && frame < batch.Shape.Frames - 1; frame++)
        {
            if (random.NextDouble() < share)
            {
                Fill(batch.Picture(frame, clip), batch.Mask(frame, clip), batch.CorruptedMask(frame, clip), batch.Shape, random);
            }
        }
    }

    private static void Fill(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> ids, Span<byte> wrong, BatchShape shape, Random random)
    {
        using var pixels = Mat.FromPixelData(shape.Height, shape.Width, MatType.CV_8UC3, picture.ToArray());
        var map = new RegionMap(pixels);
        for (var id = 1; id <= shape.Objects; id++)
        {
            if (random.NextDouble() >= Objects)
            {
                continue;
            }

            var (own, area) = Count(map, ids, (byte)id);
            var tooMuch = random.NextDouble() < TooMuch;
            var most = Math.Min(area * (tooMuch ? MostTaken : MostLost), MostOfPicture * ids.Length);
            if (Grow(map, own, tooMuch, Math.Max(Least * area, most * random.NextDouble()), most, random) is { } chosen)
            {
                Mark(map, ids, wrong, (byte)id, tooMuch, chosen);
            }
        }
    }

    /// <summary>Of each region, how many pixels are an object's; and of all.</summary>
    private static (int[] Own, int Area) Count(RegionMap map, ReadOnlySpan<byte> ids, byte id)
    {
        var (own, area) = (new int[map.Areas.Length], 0);
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] == id)
            {
                own[map.Labels[i]]++;
                area++;
            }
        }

        return (own, area);
    }

    /// <summary>From a region at the object's edge on, regions that touch, all outside of the object or all inside, until they have the wanted area.</summary>
    /// <returns>Which regions; null where none will do.</returns>
    private static bool[]? Grow(RegionMap map, int[] own, bool outside, double wanted, double most, Random random)
    {
        var starts = Enumerable.Range(0, own.Length).Where(region => Fits(region) && AtEdge(region)).ToArray();
        if (starts.Length == 0)
        {
            return null;
        }

        var edge = new List<int> { starts[BatchPlan.Draw(random, starts.Length, i => Math.Sqrt(map.Areas[starts[i]]))] };
        var (chosen, area) = (new bool[own.Length], 0);
        while (edge.Count > 0 && area < wanted)
        {
            var next = edge[random.Next(edge.Count)];
            edge.Remove(next);
            if (area + map.Areas[next] <= most)
            {
                chosen[next] = true;
                area += map.Areas[next];
                edge.AddRange(Array.FindAll(map.Neighbours[next], n => Fits(n) && !chosen[n] && !edge.Contains(n)));
            }
        }

        return chosen;

        bool IsOwn(int region) => own[region] > Own * map.Areas[region];

        bool Fits(int region) => map.Areas[region] <= most && (outside ? own[region] < Foreign * map.Areas[region] : IsOwn(region));

        bool AtEdge(int region) => outside
            ? own[region] > 0 || Array.Exists(map.Neighbours[region], IsOwn)
            : Array.Exists(map.Neighbours[region], n => !IsOwn(n));
    }

    private static void Mark(RegionMap map, ReadOnlySpan<byte> ids, Span<byte> wrong, byte id, bool tooMuch, bool[] chosen)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            if (chosen[map.Labels[i]] && tooMuch != (ids[i] == id))
            {
                wrong[i] = tooMuch ? id : (byte)0;
            }
        }
    }
}
