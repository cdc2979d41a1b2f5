namespace SwiftNet.Live.Pipeline;

/// <summary>The shape of a pixel as shown, <see cref="Width"/> : <see cref="Height"/>: square on a computer, wider or narrower in video for
/// television.</summary>
internal readonly record struct PixelAspect
{
    // What H.264 can say; beyond it a header is damaged.
    private const int Largest = ushort.MaxValue;

    private PixelAspect(int width, int height) => (Width, Height) = (width, height);

    /// <summary>As wide as high.</summary>
    public static PixelAspect Square { get; } = new(1, 1);

    /// <summary>The width's part of the ratio, in lowest terms.</summary>
    public int Width { get; }

    /// <summary>The height's part of the ratio, in lowest terms.</summary>
    public int Height { get; }

    /// <summary>Width by height.</summary>
    public double Ratio => (double)Width / Height;

    /// <summary>The ratio in lowest terms; square where a source says nothing (0) or nonsense.</summary>
    public static PixelAspect Of(long width, long height)
    {
        if (width <= 0 || height <= 0)
        {
            return Square;
        }

        var (divisor, rest) = (width, height);
        while (rest > 0)
        {
            (divisor, rest) = (rest, divisor % rest);
        }

        return width / divisor <= Largest && height / divisor <= Largest
            ? new PixelAspect((int)(width / divisor), (int)(height / divisor))
            : Square;
    }

    /// <summary>As ffmpeg writes it in a filter, such as <c>20/11</c>.</summary>
    public override string ToString() => $"{Width}/{Height}";
}
