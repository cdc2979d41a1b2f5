namespace SwiftNet.Network.Int8;

/// <summary>What the 256 values of a byte stand for: <c>value = (byte − ZeroPoint) · Scale</c>.</summary>
/// <param name="Scale">Distance of two neighbouring values.</param>
/// <param name="ZeroPoint">The byte that stands for 0, 0 to 255.</param>
internal readonly record struct Quantization(double Scale, int ZeroPoint)
{
    /// <summary>The largest byte.</summary>
    public const int Largest = 255;

    /// <summary>A picture's own bytes.</summary>
    public static Quantization Picture => new(1, 0);

    /// <summary>A mask's probabilities.</summary>
    public static Quantization Mask => new(1.0 / Largest, 0);
}
