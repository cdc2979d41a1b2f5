using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>Whether a picture has enough contrast to show an object: cameras start with dark pictures, and a lens may be covered.</summary>
internal static class PictureContrast
{
    // Of the green channel, 0 to 255: its deviation in a picture of one colour, and its mean and deviation in a dark one with the noise of
    // a sensor.
    private const double PlainDeviation = 2, DarkMean = 16, DarkDeviation = 8;
    private const int Step = 7 * 3; // pixels that are left out: seven, so that no column is met again and again

    /// <summary>Refuses a picture that shows nothing.</summary>
    /// <exception cref="UserErrorException">It is dark, or of one colour.</exception>
    public static void Require(Frame frame)
    {
        var (sum, squares, count) = (0L, 0L, 0);
        var pixels = frame.Pixels.Array;
        for (var i = 1; i < pixels.Length; i += Step)
        {
            sum += pixels[i];
            squares += pixels[i] * pixels[i];
            count++;
        }

        var mean = (double)sum / count;
        var deviation = Math.Sqrt(Math.Max(0, ((double)squares / count) - (mean * mean)));
        if (deviation < PlainDeviation || (mean < DarkMean && deviation < DarkDeviation))
        {
            throw new UserErrorException("The picture is dark, or of one colour.");
        }
    }
}
