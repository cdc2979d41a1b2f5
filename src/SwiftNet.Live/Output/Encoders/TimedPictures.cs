using System.Buffers.Binary;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Encoders;

/// <summary>Frames raw or JPEG pictures with times as Matroska for ffmpeg, whose raw format has no times; only the required
/// elements.</summary>
/// <remarks>Each element is an id, the length of its content in eight bytes, and the content (RFC 8794, RFC 9559). A cluster contains one
/// picture.</remarks>
internal static class TimedPictures
{
    // Nanoseconds per Matroska tick, equal to a TimeSpan tick.
    private const long NanosecondsPerTick = 100;

    /// <summary>The header of the stream.</summary>
    /// <param name="shape">Common properties of the pictures.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="isJpeg">Whether the pictures are JPEG instead of BGR.</param>
    public static byte[] Head(FrameShape shape, double frameRate, bool isJpeg)
    {
        byte[] ebml = Element(
            [0x1A, 0x45, 0xDF, 0xA3],
            [.. Element([0x42, 0x82], [.. "matroska"u8]), .. Number([0x42, 0x87], 4), .. Number([0x42, 0x85], 2)]);
        byte[] info = Element([0x15, 0x49, 0xA9, 0x66], Number([0x2A, 0xD7, 0xB1], NanosecondsPerTick));
        byte[] colours = isJpeg ? [] : Element([0x2E, 0xB5, 0x24], [(byte)'B', (byte)'G', (byte)'R', 24]);
        byte[] video = Element([0xE0], [.. Number([0xB0], shape.Width), .. Number([0xBA], shape.Height), .. colours]);
        byte[] codec = isJpeg ? [.. "V_MJPEG"u8] : [.. "V_UNCOMPRESSED"u8];
        byte[] track = Element([0xAE],
        [
            .. Number([0xD7], 1), .. Number([0x73, 0xC5], 1), .. Number([0x83], 1), .. Element([0x86], codec),
            .. Number([0x23, 0xE3, 0x83], (long)Math.Round(1e9 / frameRate)), .. video,
        ]);
        // A segment of unknown length.
        return
        [
            .. ebml, 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            .. info, .. Element([0x16, 0x54, 0xAE, 0x6B], track),
        ];
    }

    /// <summary>The header of a picture of the given size in bytes, shown at <paramref name="time"/>.</summary>
    public static byte[] PictureHead(TimeSpan time, int bytes)
    {
        var block = Before([0xA3], bytes + 4);
        byte[] head = [.. Number([0xE7], time.Ticks), .. block, 0x81, 0x00, 0x00, 0x80];
        return [.. Before([0x1F, 0x43, 0xB6, 0x75], head.Length + bytes), .. head];
    }

    private static byte[] Number(byte[] id, long value)
    {
        var content = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(content, value);
        return Element(id, content);
    }

    private static byte[] Element(byte[] id, byte[] content) => [.. Before(id, content.Length), .. content];

    private static byte[] Before(byte[] id, long length)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, length | (1L << 56));
        return [.. id, .. size];
    }
}
