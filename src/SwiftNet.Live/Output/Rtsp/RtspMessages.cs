using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace SwiftNet.Live.Output.Rtsp;

/// <summary>What comes over an RTSP connection, one whole thing at a time: a request, a response, or a packet of media between them (RFC 2326, 10.12).</summary>
internal sealed class RtspMessages(Stream stream)
{
    /// <summary>What a packet of media begins with.</summary>
    public const byte PacketMark = (byte)'$';

    private const int LongestMessage = 256 * 1024;
    private readonly PipeReader _reader = PipeReader.Create(stream);

    /// <summary>Waits for the next one; null when the other side has closed.</summary>
    /// <exception cref="IOException">The connection broke, or what came is no RTSP.</exception>
    public async Task<byte[]?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation);
            if (LengthOf(read.Buffer) is { } length && length <= read.Buffer.Length)
            {
                var message = read.Buffer.Slice(0, length).ToArray();
                _reader.AdvanceTo(read.Buffer.GetPosition(length));
                return message;
            }

            if (read.IsCompleted)
            {
                return null;
            }

            if (read.Buffer.Length > LongestMessage)
            {
                throw new IOException("what came is no RTSP");
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Null while that cannot be told.
    private static long? LengthOf(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (reader.IsNext(PacketMark))
        {
            Span<byte> head = stackalloc byte[4];
            return reader.TryCopyTo(head) ? head.Length + BinaryPrimitives.ReadUInt16BigEndian(head[2..]) : null;
        }

        if (!reader.TryReadTo(out ReadOnlySequence<byte> lines, "\r\n\r\n"u8))
        {
            return null;
        }

        var body = RtspHead.Value(Encoding.Latin1.GetString(lines), "Content-Length");
        return reader.Consumed + (long.TryParse(body, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? Math.Min(length, LongestMessage) : 0);
    }
}
