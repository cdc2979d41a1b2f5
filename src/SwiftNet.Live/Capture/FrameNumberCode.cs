namespace SwiftNet.Live.Capture;

/// <summary>A frame number encoded as black and white blocks in the upper left corner: 24 bits and 8 check bits, in blocks large enough to
/// survive lossy compression.</summary>
internal static class FrameNumberCode
{
    /// <summary>Width of the code in pixels.</summary>
    public const int Width = Columns * Block;

    /// <summary>Height of the code in pixels.</summary>
    public const int Height = Rows * Block;

    private const int Block = 8;
    private const int Columns = 16;
    private const int Rows = 2;

    /// <summary>Draws <paramref name="number"/> modulo 2^24 into a BGR picture.</summary>
    public static void Write(Span<byte> bgr, int width, long number)
    {
        var bits = (uint)(number & 0xFFFFFF);
        bits |= (uint)Check(bits) << 24;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var bit = (y / Block * Columns) + (x / Block);
                bgr.Slice(((y * width) + x) * 3, 3).Fill((bits >> bit & 1) == 1 ? (byte)235 : (byte)16);
            }
        }
    }

    /// <summary>Reads the number from a BGR picture; null if there is none or it is not certain.</summary>
    public static long? Read(ReadOnlySpan<byte> bgr, int width, int height)
    {
        if (width < Width || height < Height)
        {
            return null;
        }

        var bits = 0u;
        for (var bit = 0; bit < Columns * Rows; bit++)
        {
            // Only the inner part of the block: compression blurs its edges.
            var sum = 0;
            for (var y = 2; y < Block - 2; y++)
            {
                for (var x = 2; x < Block - 2; x++)
                {
                    var at = ((((bit / Columns * Block) + y) * width) + (bit % Columns * Block) + x) * 3;
                    sum += bgr[at] + bgr[at + 1] + bgr[at + 2];
                }
            }

            var mean = sum / (3 * (Block - 4) * (Block - 4));
            if (mean is > 90 and < 165)
            {
                return null;
            }

            bits |= mean > 127 ? 1u << bit : 0;
        }

        var number = bits & 0xFFFFFF;
        return bits >> 24 == Check(number) ? number : null;
    }

    // Nonzero for 0, so that a black picture contains no number.
    private static byte Check(uint number) => (byte)((number * 2654435761u >> 24) ^ 0xA5);
}
