using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>The one way from prompt to mask.</summary>
internal static class PromptMask
{
    /// <summary>The bound of the crop that GrabCut works on, in pixels a side.</summary>
    public const int LongestSide = 320;

    /// <summary>Finds the mask of one object.</summary>
    /// <param name="bgr">The frame: BGR, 8 bit, interleaved, rows without padding; not changed.</param>
    /// <param name="width">Its columns, in pixels.</param>
    /// <param name="height">Its rows, in pixels.</param>
    /// <param name="prompt">What the user tells.</param>
    /// <param name="longestSide">The bound of the crop that GrabCut works on, in pixels a side; 0 for none.</param>
    /// <exception cref="PromptException">The prompt gives no mask; the message says why in one line.</exception>
    public static FoundMask Find(byte[] bgr, int width, int height, Prompt prompt, int longestSide = LongestSide)
    {
        var start = TimeProvider.System.GetTimestamp();
        var asked = PromptOnFrame.Of(prompt, width, height);
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, bgr);
        var pixels = Find(picture, asked, longestSide);
        return pixels.AsSpan().Contains((byte)1)
            ? new FoundMask(width, height, pixels, TimeProvider.System.GetElapsedTime(start))
            : throw new PromptException(PromptFault.Unusable, "No pixel is left: the picture shows no edge there that tells an object from its surroundings. Draw it larger, or as a polygon.");
    }

    private static byte[] Find(Mat picture, PromptOnFrame prompt, int longestSide)
    {
        var pixels = new byte[picture.Width * picture.Height];
        using var found = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC1, pixels);
        var points = prompt.Inside.Length + prompt.Outside.Length > 0;
        if (prompt.Polygon is { } corners)
        {
            if (PolygonSeeds.IsCareful(corners))
            {
                Cv2.FillPoly(found, [corners], Scalar.All(1));
            }
            else
            {
                using var seeds = PolygonSeeds.Of(picture, corners, longestSide);
                Draw(seeds, prompt, found);
            }
        }

        if (prompt.Box is { } box)
        {
            using var seeds = BoxSeeds.Of(picture, box, longestSide);
            Draw(seeds, prompt, found);
        }

        if (prompt.Mask is { } given)
        {
            using var mask = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC1, given);
            if (points)
            {
                using var seeds = MaskSeeds.Of(picture, mask, prompt, longestSide);
                Draw(seeds, prompt, found);
            }
            else
            {
                Cv2.Max(found, mask, found);
            }
        }

        if (prompt is { Polygon: null, Box: null, Mask: null })
        {
            using var seeds = PointSeeds.Of(picture, prompt, longestSide);
            seeds.Stamp(prompt);
            using var part = seeds.Decide();
            ConnectedParts.Keep(part, Array.ConvertAll(prompt.Inside, seeds.Crop.To));
            seeds.Crop.Draw(part, found);
        }

        return pixels;
    }

    private static void Draw(SeededCrop seeds, PromptOnFrame prompt, Mat found)
    {
        seeds.Stamp(prompt);
        using var part = seeds.Decide();
        seeds.Crop.Draw(part, found);
    }
}
