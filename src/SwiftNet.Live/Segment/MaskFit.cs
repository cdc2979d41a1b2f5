namespace SwiftNet.Live.Segment;

/// <summary>Brings a mask of another size to a frame's, where both have one shape.</summary>
internal static class MaskFit
{
    private const double AspectTolerance = 0.01;

    /// <summary>Whether a mask of this size is of the frame's shape, give or take a pixel or 1 %.</summary>
    public static bool SameShape(int maskWidth, int maskHeight, int width, int height)
    {
        var heightHere = (double)maskHeight * width / maskWidth;
        var widthHere = (double)maskWidth * height / maskHeight;
        return Math.Min(Math.Abs(heightHere - height), Math.Abs(widthHere - width)) <= 1
            || Math.Abs((heightHere / height) - 1) <= AspectTolerance;
    }

    /// <summary>The mask at the frame's size, each pixel the nearest one's; the mask itself where it has that size.</summary>
    public static IdMask Resize(IdMask mask, int width, int height)
    {
        if (mask.Width == width && mask.Height == height)
        {
            return mask;
        }

        var resized = new IdMask(width, height, new byte[width * height]);
        for (var y = 0; y < height; y++)
        {
            // The pixel under this one's centre.
            var row = mask.Ids.AsSpan((int)(((2L * y) + 1) * mask.Height / (2L * height)) * mask.Width, mask.Width);
            for (var x = 0; x < width; x++)
            {
                resized.Ids[(y * width) + x] = row[(int)(((2L * x) + 1) * mask.Width / (2L * width))];
            }
        }

        return resized;
    }
}
