using System.Buffers.Binary;
using System.IO.Compression;
using SwiftNet.Imaging.Png;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>PNGs that no good program writes, with correct checksums.</summary>
internal static class HandMadePng
{
    public static void Write(string path, int width, int height, int bits, byte colourType, bool interlaced, byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(rows);
        }

        Write(path, width, height, bits, colourType, interlaced, compressed);
    }

    /// <summary>Writes one with a palette of 0xRRGGBB or, for a transparent index, -1.</summary>
    public static void Write(string path, int width, int height, int[] palette, byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(rows);
        }

        Write(path, width, height, 8, 3, interlaced: false, compressed, palette);
    }

    public static void WriteCompressed(string path, int width, int height, byte[] compressed) =>
        Write(path, width, height, 8, 3, interlaced: false, new MemoryStream(compressed));

    private static void Write(
        string path, int width, int height, int bits, byte colourType, bool interlaced, MemoryStream compressed, int[]? palette = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, colourType, (byte)(interlaced ? 1 : 0));
        using var file = File.Create(path);
        file.Write([0x89, .. "PNG\r\n\x1a\n"u8]);
        Chunk(file, "IHDR"u8, header);
        if (palette is not null)
        {
            Chunk(file, "PLTE"u8, [.. palette.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour })]);
            Chunk(file, "tRNS"u8, [.. palette.Select(colour => colour < 0 ? (byte)0 : (byte)255)]);
        }

        Chunk(file, "IDAT"u8, compressed.ToArray());
        Chunk(file, "IEND"u8, []);
    }

    private static void Chunk(FileStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngCrc.Of(type, content));
        file.Write(number);
    }
}
