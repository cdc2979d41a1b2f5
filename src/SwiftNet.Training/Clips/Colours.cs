using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A photometric change, applied as a lookup table per channel.</summary>
internal readonly record struct Colours(double Gain, double Offset, double Gamma, double Blue, double Green, double Red)
{
    /// <summary>Draws a change; strength 1 is strong.</summary>
    public static Colours Draw(double strength, Random random) => new(
        1 + (0.25 * strength * Motion.Either(random)),
        18 * strength * Motion.Either(random),
        Math.Exp(0.25 * strength * Motion.Either(random)),
        1 + (0.12 * strength * Motion.Either(random)),
        1 + (0.08 * strength * Motion.Either(random)),
        1 + (0.12 * strength * Motion.Either(random)));

    /// <summary>Approximate composition with a share of a second change.</summary>
    public Colours Then(Colours other, double share) => new(
        Gain * (1 + (share * (other.Gain - 1))),
        Offset + (share * other.Offset),
        Gamma * Math.Pow(other.Gamma, share),
        Blue * (1 + (share * (other.Blue - 1))),
        Green * (1 + (share * (other.Green - 1))),
        Red * (1 + (share * (other.Red - 1))));

    /// <summary>Applies the change to a picture in place.</summary>
    public void Apply(Mat picture)
    {
        var table = new byte[256 * 3];
        for (var i = 0; i < 256; i++)
        {
            var value = (255 * Math.Pow(i / 255.0, Gamma) * Gain) + Offset;
            table[3 * i] = Clamp(value * Blue);
            table[(3 * i) + 1] = Clamp(value * Green);
            table[(3 * i) + 2] = Clamp(value * Red);
        }

        using var look = Mat.FromPixelData(1, 256, MatType.CV_8UC3, table);
        Cv2.LUT(picture, look, picture);
    }

    private static byte Clamp(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
