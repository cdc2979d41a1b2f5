using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>OpenCV's GrabCut on a small picture whose pixels are sorted into four classes beforehand.</summary>
internal static class GrabCut
{
    /// <summary>Surely not the object.</summary>
    public static readonly Scalar Background = new((byte)GrabCutClasses.BGD);

    /// <summary>Surely the object.</summary>
    public static readonly Scalar Foreground = new((byte)GrabCutClasses.FGD);

    /// <summary>Rather not the object.</summary>
    public static readonly Scalar ProbablyBackground = new((byte)GrabCutClasses.PR_BGD);

    /// <summary>Rather the object.</summary>
    public static readonly Scalar ProbablyForeground = new((byte)GrabCutClasses.PR_FGD);

    private static readonly Scalar s_foregroundBit = new(1);

    // One pixel for each colour of GrabCut's models; it fails with less.
    private const int LeastPixels = 5;

    /// <summary>Decides about what is not sure. Returns 255 on the object; the caller disposes it.</summary>
    /// <param name="picture">BGR.</param>
    /// <param name="classes">A class a pixel; changed.</param>
    /// <param name="rounds">How often colours are learnt and pixels decided anew.</param>
    public static Mat Decide(Mat picture, Mat classes, int rounds)
    {
        var seeded = Object(classes);
        var count = Cv2.CountNonZero(seeded);
        if (count < LeastPixels || classes.Width * classes.Height - count < LeastPixels)
        {
            return seeded;
        }

        seeded.Dispose();
        using var background = new Mat();
        using var foreground = new Mat();
        // The colour models begin at random: the same picture and prompt shall give the same mask.
        Cv2.SetTheRNG(1);
        Cv2.GrabCut(picture, classes, default, background, foreground, rounds, GrabCutModes.InitWithMask);
        return Object(classes);
    }

    /// <summary>Where the classes are the object's: 255; the caller disposes it.</summary>
    private static Mat Object(Mat classes)
    {
        // Both foreground classes are odd.
        var found = new Mat();
        Cv2.BitwiseAnd(classes, s_foregroundBit, found);
        found.ConvertTo(found, MatType.CV_8UC1, 255);
        return found;
    }
}
