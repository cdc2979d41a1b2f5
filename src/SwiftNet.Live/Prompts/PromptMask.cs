using OpenCvSharp;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Prompts;

/// <summary>The one way from prompt to mask: the network decides where it is at hand, GrabCut where it is not or has no answer.</summary>
/// <param name="network">The network; null for GrabCut alone.</param>
/// <param name="longestSide">The bound of the crop that GrabCut works on, in pixels a side; 0 for none.</param>
/// <param name="grabCutFirst">Whether GrabCut decides and the network is asked once about its mask: for comparison.</param>
internal sealed class PromptMask(SharedNetwork? network, int longestSide = PromptMask.LongestSide, bool grabCutFirst = false)
{
    private readonly SharedNetwork? _first = grabCutFirst ? null : network;

    /// <summary>The default bound of GrabCut's crop.</summary>
    public const int LongestSide = 320;

    /// <summary>Finds the mask of one object. To be called on a long-lived thread, since each that uses the network keeps threads of its
    /// own.</summary>
    /// <param name="bgr">The frame: BGR, 8 bit, interleaved, rows without padding; not changed.</param>
    /// <param name="width">Its columns, in pixels.</param>
    /// <param name="height">Its rows, in pixels.</param>
    /// <param name="prompt">The user's prompt.</param>
    /// <exception cref="PromptException">The prompt gives no mask; the message says why in one line.</exception>
    public FoundMask Find(byte[] bgr, int width, int height, Prompt prompt)
    {
        var start = TimeProvider.System.GetTimestamp();
        var asked = PromptOnFrame.Of(prompt, width, height);
        var pixels = new byte[width * height];
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, bgr);
        using var found = Mat.FromPixelData(height, width, MatType.CV_8UC1, pixels);
        Draw(picture, asked, found);
        if (grabCutFirst && network is not null)
        {
            NetworkSearch.Refine(network, picture, asked, found);
        }

        return pixels.AsSpan().Contains((byte)1)
            ? new FoundMask(width, height, pixels, TimeProvider.System.GetElapsedTime(start))
            : throw new PromptException(
                PromptFault.Unusable,
                "No pixel is left: the picture shows no edge there that separates an object from its surroundings. "
                    + "Draw it larger, or as a polygon.");
    }

    private void Draw(Mat picture, PromptOnFrame prompt, Mat found)
    {
        if (prompt.Mask is { } given)
        {
            using var mask = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC1, given);
            Correct(picture, mask, prompt, found);
        }

        if (prompt.Polygon is { } corners)
        {
            Polygon(picture, corners, prompt, found);
        }

        if (prompt.Box is { } box && !(_first is not null && NetworkSearch.Box(_first, picture, box, prompt, found)))
        {
            using var seeds = BoxSeeds.Of(picture, box, longestSide);
            Cut(seeds, prompt, found);
        }

        if (prompt is { Mask: null, Polygon: null, Box: null }
            && !(_first is not null && NetworkSearch.Points(_first, picture, prompt, found)))
        {
            using var seeds = PointSeeds.Of(picture, prompt, longestSide);
            Cut(seeds, prompt, found, connected: true);
        }
    }

    private void Correct(Mat picture, Mat mask, PromptOnFrame prompt, Mat found)
    {
        if (prompt.Inside.Length + prompt.Outside.Length == 0)
        {
            Cv2.Max(found, mask, found);
        }
        else if (_first is not null)
        {
            NetworkSearch.Correct(_first, picture, mask, prompt, found);
        }
        else
        {
            using var seeds = MaskSeeds.Of(picture, mask, prompt, longestSide);
            Cut(seeds, prompt, found);
        }
    }

    private void Polygon(Mat picture, Point[] corners, PromptOnFrame prompt, Mat found)
    {
        if (PolygonShape.IsCareful(corners))
        {
            using var drawn = new Mat(picture.Size(), MatType.CV_8UC1, Scalar.Black);
            Cv2.FillPoly(drawn, [corners], Scalar.All(1));
            Correct(picture, drawn, prompt, found);
        }
        else if (!(_first is not null && NetworkSearch.Polygon(_first, picture, corners, prompt, found)))
        {
            using var seeds = PolygonSeeds.Of(picture, corners, longestSide);
            Cut(seeds, prompt, found);
        }
    }

    private static void Cut(SeededCrop seeds, PromptOnFrame prompt, Mat found, bool connected = false)
    {
        seeds.Stamp(prompt);
        using var part = seeds.Decide();
        if (connected)
        {
            ConnectedParts.Keep(part, Array.ConvertAll(prompt.Inside, seeds.Crop.To));
        }

        seeds.Crop.Draw(part, 255, found);
    }
}
