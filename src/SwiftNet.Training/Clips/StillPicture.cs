using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>An object of a photograph.</summary>
/// <param name="Id">The object's id in the mask.</param>
/// <param name="Area">The object's area in pixels.</param>
/// <param name="Box">The object's bounding box.</param>
internal readonly record struct Instance(byte Id, int Area, Rect Box);

/// <summary>A photograph with instance masks, kept encoded in memory.</summary>
/// <param name="Name">The name without extension.</param>
/// <param name="Picture">The encoded picture.</param>
/// <param name="Mask">The ids as grey PNG; null for a cut-out (its mask is the alpha channel) and for a background.</param>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Instances">The objects of at least <see cref="LeastArea"/> pixels.</param>
/// <param name="Weight">Sampling weight relative to other photographs.</param>
internal sealed record StillPicture(string Name, byte[] Picture, byte[]? Mask, int Width, int Height, Instance[] Instances, double Weight)
{
    /// <summary>Smallest area of an object that is pasted, in pixels.</summary>
    public const int LeastArea = 400;

    /// <summary>Decodes the picture, B, G, R.</summary>
    public Mat Decode() => Cv2.ImDecode(Picture, ImreadModes.Color);

    /// <summary>Decodes the ids, one byte per pixel.</summary>
    public Mat DecodeMask()
    {
        if (Mask is not null)
        {
            return Cv2.ImDecode(Mask, ImreadModes.Grayscale);
        }

        using var all = Cv2.ImDecode(Picture, ImreadModes.Unchanged);
        if (all.Channels() < 4)
        {
            return new Mat(Height, Width, MatType.CV_8UC1, Scalar.Black);
        }

        using var alpha = all.ExtractChannel(3);
        return alpha.Threshold(127, 1, ThresholdTypes.Binary);
    }

    /// <summary>Measures the objects of a mask.</summary>
    public static Instance[] Measure(ReadOnlySpan<byte> ids, int width)
    {
        var found = new (int Area, int Left, int Top, int Right, int Bottom)[256];
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            if (id == 0)
            {
                continue;
            }

            var (x, y) = (i % width, i / width);
            ref var one = ref found[id];
            one = one.Area == 0
                ? (1, x, y, x, y)
                : (one.Area + 1, Math.Min(one.Left, x), one.Top, Math.Max(one.Right, x), y);
        }

        var instances = new List<Instance>();
        for (var id = 1; id < 256; id++)
        {
            var (area, left, top, right, bottom) = found[id];
            if (area > 0)
            {
                instances.Add(new Instance((byte)id, area, new Rect(left, top, right - left + 1, bottom - top + 1)));
            }
        }

        return [.. instances];
    }
}
