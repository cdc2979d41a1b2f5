namespace SwiftNet.Tracking;

/// <summary>A picture as a camera gives it: B, G, R, 8 bit, interleaved, rows without padding. Nothing is copied.</summary>
/// <param name="bgr">The pixels, 3·width·height bytes.</param>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
public readonly ref struct FrameImage(ReadOnlySpan<byte> bgr, int width, int height)
{
    /// <summary>B, G, R, row by row.</summary>
    public ReadOnlySpan<byte> Bgr { get; } = bgr.Length >= 3 * width * height
        ? bgr[..(3 * width * height)]
        : throw new ArgumentException(
            $"A picture of {width}x{height} needs {3 * width * height} bytes; {bgr.Length} were given.",
            nameof(bgr));

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>A row's pixels from a column on.</summary>
    internal ReadOnlySpan<byte> Row(int y, int x, int columns) => Bgr.Slice(((y * Width) + x) * 3, 3 * columns);
}
