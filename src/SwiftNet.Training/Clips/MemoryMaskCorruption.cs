using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>
/// Corrupts the masks that are written to memory as tracking errors do: adds a whole neighbouring region to an object along the region's
/// own outline, or removes a part of
/// the object. The first frame is never corrupted, so the network learns to rely on it more than on the previous frame.
/// </summary>
/// <param name="share">Probability that a frame is corrupted, 0 to 1.</param>
internal sealed class MemoryMaskCorruption(double share)
{
    // Probability that an object of a corrupted frame is corrupted, and that the error adds rather than removes pixels.
    private const double Objects = 0.7, TooMuch = 0.6;

    // A region belongs to the object above the first share of its pixels, and is a neighbour below the second.
    private const double Own = 0.6, Foreign = 0.25;

    // Size of the error relative to the object: minimum, maximum added, maximum removed; and its maximum share of the picture.
    private const double Least = 0.08, MostTaken = 1.2, MostLost = 0.6, MostOfPicture = 0.25;

    /// <summary>Corrupts one clip of a filled batch. The first frame (the reference) and the last (never written to memory) stay as they
    /// are.</summary>
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

    /// <summary>For each region the number of the object's pixels, and the object's area.</summary>
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

    /// <summary>Grows a set of adjacent regions from the object's edge, all outside or all inside the object, up to the wanted
    /// area.</summary>
    /// <returns>The selected regions; null if no region is suitable.</returns>
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
