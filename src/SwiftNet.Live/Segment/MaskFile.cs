using SwiftNet.Live.Output;

namespace SwiftNet.Live.Segment;

/// <summary>Reads a mask file for a frame of a given size.</summary>
internal static class MaskFile
{
    private const double AspectTolerance = 0.01;

    /// <summary>Reads the ids of <paramref name="path"/>; of another size but the same shape, they are resized to the nearest pixel's.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is empty, or is of another shape than the frame.</exception>
    public static IdMask Read(string path, int width, int height)
    {
        var mask = IndexedPng.Read(path);
        if (mask.DistinctIds().Length == 0)
        {
            throw new UserErrorException($"Mask {path} is empty: it holds no object to follow. Paint the objects with ids from 1 on.");
        }

        if (mask.Width == width && mask.Height == height)
        {
            return mask;
        }

        if (!SameShape(mask, width, height))
        {
            throw new UserErrorException($"Mask {path} is {mask.Width}x{mask.Height}, the frame {width}x{height}: their shapes differ. Make the mask from a frame of this video.");
        }

        var resized = new IdMask(width, height, new byte[width * height]);
        for (var y = 0; y < height; y++)
        {
            // The pixel under this one's centre.
            var row = mask.Ids.AsSpan(((2 * y) + 1) * mask.Height / (2 * height) * mask.Width, mask.Width);
            for (var x = 0; x < width; x++)
            {
                resized.Ids[(y * width) + x] = row[((2 * x) + 1) * mask.Width / (2 * width)];
            }
        }

        return resized.DistinctIds().Length == mask.DistinctIds().Length
            ? resized
            : throw new UserErrorException($"Mask {path} is {mask.Width}x{mask.Height} and loses an object at the frame's {width}x{height}. Make it from a frame of this video.");
    }

    private static bool SameShape(IdMask mask, int width, int height)
    {
        var heightHere = (double)mask.Height * width / mask.Width;
        var widthHere = (double)mask.Width * height / mask.Height;
        return Math.Min(Math.Abs(heightHere - height), Math.Abs(widthHere - width)) <= 1 || Math.Abs((heightHere / height) - 1) <= AspectTolerance;
    }
}
