using System.Buffers.Text;

namespace SwiftNet.Live.Capture;

/// <summary>A sequence of raw pictures, each preceded by its length, in ffmpeg's mpjpeg framing: the only format that supports
/// any picture type, states each length and allows size changes.</summary>
internal sealed class PictureStream(Stream stream) : IDisposable
{
    private const int LongestLine = 128;
    private readonly BufferedStream _bytes = new(stream, 4096);

    /// <summary>Reads the next picture's length in bytes; null at the end.</summary>
    public int? NextLength()
    {
        Span<byte> line = stackalloc byte[LongestLine];
        int? length = null;
        while (ReadLine(line) is { } count)
        {
            var text = line[..count];
            if (text.StartsWith("Content-length: "u8))
            {
                length = Utf8Parser.TryParse(text["Content-length: "u8.Length..], out int bytes, out _) && bytes > 0 ? bytes : null;
            }
            else if (count == 0 && length is not null)
            {
                return length;
            }
        }

        return null;
    }

    /// <summary>Reads the pixels into <paramref name="picture"/>; false if the stream ends first.</summary>
    public bool Fill(Span<byte> picture) => _bytes.ReadAtLeast(picture, picture.Length, throwOnEndOfStream: false) == picture.Length;

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    // Without the line break; overlong lines are truncated.
    private int? ReadLine(Span<byte> line)
    {
        var count = 0;
        while (_bytes.ReadByte() is >= 0 and var next)
        {
            if (next == '\n')
            {
                return count;
            }

            if (next != '\r' && count < line.Length)
            {
                line[count++] = (byte)next;
            }
        }

        return null;
    }
}
