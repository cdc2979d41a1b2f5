using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Detects steps of a sequence that are too large for one frame to be the previous frame of the next.</summary>
internal static class LargeSteps
{
    private const int Width = 32, Height = 18;

    // A step is large if the picture difference exceeds this multiple of the median, and this number of grey levels.
    private const double Times = 2.0, LeastDifference = 4;

    /// <summary>Detects the large steps.</summary>
    /// <param name="pictures">The encoded frames.</param>
    /// <param name="steps">The kind of sequence.</param>
    /// <returns>For each frame but the last, whether the step to the next is large; null = no step is.</returns>
    public static bool[]? Find(IReadOnlyList<byte[]> pictures, SequenceSteps steps)
    {
        var count = Math.Max(0, pictures.Count - 1);
        if (steps == SequenceSteps.Dense || count == 0)
        {
            return null;
        }

        if (steps == SequenceSteps.Sparse)
        {
            return [.. Enumerable.Repeat(true, count)];
        }

        var differences = Differences(pictures);
        var limit = Math.Max(LeastDifference, Times * differences.Order().ElementAt(count / 2));
        return Array.ConvertAll(differences, d => d > limit);
    }

    /// <summary>Mean absolute differences of consecutive grey thumbnails, in grey levels.</summary>
    private static double[] Differences(IReadOnlyList<byte[]> pictures)
    {
        var differences = new double[pictures.Count - 1];
        using var difference = new Mat();
        var before = Thumbnail(pictures[0]);
        for (var i = 0; i < differences.Length; i++)
        {
            var after = Thumbnail(pictures[i + 1]);
            Cv2.Absdiff(before, after, difference);
            differences[i] = Cv2.Mean(difference).Val0;
            before.Dispose();
            before = after;
        }

        before.Dispose();
        return differences;
    }

    private static Mat Thumbnail(byte[] picture)
    {
        using var whole = Cv2.ImDecode(picture, ImreadModes.Grayscale);
        var small = new Mat();
        Cv2.Resize(whole, small, new Size(Width, Height), 0, 0, InterpolationFlags.Area);
        return small;
    }
}
