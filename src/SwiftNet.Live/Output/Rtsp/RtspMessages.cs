using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace SwiftNet.Live.Output.Rtsp;

/// <summary>Reads an RTSP connection message by message: a request, a response, or an interleaved media packet (RFC 2326, 10.12).</summary>
internal sealed class RtspMessages(Stream stream)
{
    /// <summary>First byte of a media packet.</summary>
    public const byte PacketMark = (byte)'$';

    private const int LongestMessage = 256 * 1024;
    private readonly PipeReader _reader = PipeReader.Create(stream);

    /// <summary>Reads the next message; null when the peer has closed the connection.</summary>
    /// <exception cref="IOException">The connection failed, or the data is not RTSP.</exception>
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
                throw new IOException("the data is not RTSP");
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Null until the message's length is known.
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
        return reader.Consumed
            + (long.TryParse(body, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? Math.Min(length, LongestMessage) : 0);
    }
}
