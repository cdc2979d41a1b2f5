using OpenCvSharp;
using OpenCvSharp.XImgProc.Segmentation;

namespace SwiftNet.Training.Clips;

/// <summary>An over-segmentation of a picture into homogeneous regions, with their adjacency.</summary>
internal sealed class RegionMap
{
    // Felzenszwalb and Huttenlocher 2004; about 50 to 300 regions per photograph.
    private const double Sigma = 0.8;
    private const float Coarseness = 300;
    private const int LeastRegion = 120;

    /// <summary>Segments a picture.</summary>
    /// <param name="pixels">A picture of three 8-bit channels.</param>
    public RegionMap(Mat pixels)
    {
        using var labels = new Mat();
        using (var graph = GraphSegmentation.Create(Sigma, Coarseness, LeastRegion))
        {
            graph.ProcessImage(pixels, labels);
        }

        labels.GetArray(out int[] all);
        Labels = all;
        var count = all.Max() + 1;
        (Areas, Colours) = Measure(pixels, all, count);
        Neighbours = Touching(all, labels.Width, count);
    }

    /// <summary>Region index of each pixel, in raster order.</summary>
    public int[] Labels { get; }

    /// <summary>Area of each region in pixels.</summary>
    public int[] Areas { get; }

    /// <summary>Mean colour of each region.</summary>
    public Vec3f[] Colours { get; }

    /// <summary>Adjacent regions of each region, ascending.</summary>
    public int[][] Neighbours { get; }

    private static unsafe (int[] Areas, Vec3f[] Colours) Measure(Mat pixels, int[] labels, int count)
    {
        var (areas, sums) = (new int[count], new long[count * 3]);
        for (var i = 0; i < labels.Length; i++)
        {
            var pixel = (byte*)pixels.Ptr(i / pixels.Width) + (3 * (i % pixels.Width));
            areas[labels[i]]++;
            for (var channel = 0; channel < 3; channel++)
            {
                sums[(3 * labels[i]) + channel] += pixel[channel];
            }
        }

        var colours = new Vec3f[count];
        for (var i = 0; i < count; i++)
        {
            float area = Math.Max(1, areas[i]);
            colours[i] = new Vec3f(sums[3 * i] / area, sums[(3 * i) + 1] / area, sums[(3 * i) + 2] / area);
        }

        return (areas, colours);
    }

    private static int[][] Touching(int[] labels, int width, int count)
    {
        var sets = Enumerable.Range(0, count).Select(_ => new SortedSet<int>()).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            if ((i + 1) % width != 0)
            {
                Join(labels[i], labels[i + 1]);
            }

            if (i + width < labels.Length)
            {
                Join(labels[i], labels[i + width]);
            }
        }

        return Array.ConvertAll(sets, s => s.ToArray());

        void Join(int one, int other)
        {
            if (one != other)
            {
                sets[one].Add(other);
                sets[other].Add(one);
            }
        }
    }
}
