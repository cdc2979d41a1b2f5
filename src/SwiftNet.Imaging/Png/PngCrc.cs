namespace SwiftNet.Imaging.Png;

/// <summary>The checksum of PNG's chunks: CRC-32, reflected, polynomial EDB88320.</summary>
internal static class PngCrc
{
    private static readonly uint[] s_table = Table();

    /// <summary>The checksum of a chunk's type and content.</summary>
    public static uint Of(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content) => ~Append(Append(uint.MaxValue, type), content);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = s_table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var crc = n;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }

            table[n] = crc;
        }

        return table;
    }
}
