using System.Buffers.Binary;

namespace SwiftNet.Live.Capture;

/// <summary>Finds JPEG pictures in a byte stream by their markers, regardless of boundaries and headers between them.</summary>
/// <remarks>A picture is SOI, segments with lengths (which may contain a thumbnail JPEG), scans, and EOI (ITU-T T.81, annex B).</remarks>
internal sealed class JpegReader(Stream stream)
{
    private const int Step = 64 << 10;
    private const int Largest = 64 << 20;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private static readonly byte[] s_begin = [0xFF, Start, 0xFF];
    private byte[] _bytes = new byte[Step];
    private int _count;
    private int _used;
    private bool _marksEnds;

    /// <summary>Reads the next complete picture; null at the end. Valid until the next call. Truncated pictures are skipped.</summary>
    /// <exception cref="IOException">The stream failed, or a picture is larger than 64 MB.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        Forget();
        while (await FindStartAsync(cancellation) is { } start)
        {
            var (at, hasScan) = (start + 2, false);
            while (await MarkerAsync(at, cancellation) is { } marker)
            {
                if (marker == End)
                {
                    _marksEnds = true;
                    _used = at + 2;
                    return _bytes.AsMemory(start, _used - start);
                }

                if (marker == Start && hasScan && !_marksEnds)
                {
                    // The camera omits EOI: the next SOI ends the picture.
                    _used = at;
                    return _bytes.AsMemory(start, at - start);
                }

                if (marker == Start || await SegmentAsync(at, marker, cancellation) is not { } next)
                {
                    break;
                }

                hasScan |= marker == Scan;
                at = next;
            }

            _used = start + 2;
        }

        return null;
    }

    /// <summary>Whether the stream starts with a boundary, as a multipart stream does, rather than with a picture. Waits for the first
    /// bytes.</summary>
    public async ValueTask<bool> BeginsLikePicturesAsync(CancellationToken cancellation)
    {
        var at = 0;
        while (await HasAsync(at + 2, cancellation) && _bytes[at] is (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return _count >= at + 2 && ((_bytes[at] == 0xFF && _bytes[at + 1] == Start) || (_bytes[at] == '-' && _bytes[at + 1] == '-'));
    }

    private async ValueTask<int?> FindStartAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var found = _bytes.AsSpan(_used, _count - _used).IndexOf(s_begin);
            if (found >= 0)
            {
                return _used + found;
            }

            _used = Math.Max(_used, _count - 2);
            Forget();
            if (!await HasAsync(_count + 1, cancellation))
            {
                return null;
            }
        }
    }

    // The marker at a position; null if there is none, or the stream ends first.
    private async ValueTask<byte?> MarkerAsync(int at, CancellationToken cancellation) =>
        await HasAsync(at + 2, cancellation) && _bytes[at] == 0xFF ? _bytes[at + 1] : null;

    // Position of the marker after a segment and its scan; null if the picture is damaged.
    private async ValueTask<int?> SegmentAsync(int at, byte marker, CancellationToken cancellation)
    {
        if (marker == 0xFF)
        {
            return at + 1;
        }

        if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
        {
            return at + 2;
        }

        if (!await HasAsync(at + 4, cancellation)
            || BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at + 2)) is not (>= 2 and var length))
        {
            return null;
        }

        var next = at + 2 + length;
        if (marker != Scan)
        {
            return next;
        }

        // Within a scan, FF starts a marker except for FF 00 and restart markers.
        while (await HasAsync(next + 2, cancellation))
        {
            var found = _bytes.AsSpan(next, _count - next - 1).IndexOf((byte)0xFF);
            if (found < 0)
            {
                next = _count - 1;
            }
            else if (_bytes[next + found + 1] is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                next += found + (_bytes[next + found + 1] == 0xFF ? 1 : 2);
            }
            else
            {
                return next + found;
            }
        }

        return null;
    }

    private async ValueTask<bool> HasAsync(int count, CancellationToken cancellation)
    {
        while (_count < count)
        {
            if (_count == _bytes.Length)
            {
                if (_bytes.Length >= Largest)
                {
                    throw new IOException("a picture is larger than 64 MB");
                }

                Array.Resize(ref _bytes, _bytes.Length * 2);
            }

            var read = await stream.ReadAsync(_bytes.AsMemory(_count), cancellation);
            if (read == 0)
            {
                return false;
            }

            _count += read;
        }

        return true;
    }

    // Discard consumed bytes.
    private void Forget()
    {
        _bytes.AsSpan(_used, _count - _used).CopyTo(_bytes);
        (_count, _used) = (_count - _used, 0);
    }
}
