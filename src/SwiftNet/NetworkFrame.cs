namespace SwiftNet;

/// <summary>A picture at network size, as <see cref="VideoSegmenter"/> takes it: three planes R, G, B with values in [0, 1].</summary>
/// <param name="planes"><c>[3, height, width]</c>, row by row.</param>
/// <param name="width">Columns, in pixels; need not be a multiple of 16, the segmenter pads.</param>
/// <param name="height">Rows, in pixels.</param>
public readonly ref struct NetworkFrame(ReadOnlySpan<float> planes, int width, int height)
{
    /// <summary>R, G, B planes <c>[3, height, width]</c> in [0, 1].</summary>
    public ReadOnlySpan<float> Planes { get; } = planes.Length == 3 * width * height
        ? planes
        : throw new ArgumentException(
            $"A frame of {width}x{height} needs {3 * width * height} values; {planes.Length} were given.", nameof(planes));

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; } = height;
}
