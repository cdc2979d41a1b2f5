using System.Buffers.Binary;
using System.Text;

namespace SwiftNet.Weights;

/// <summary>Reads a file's bytes one after the other and never past their end.</summary>
internal sealed class ByteCursor(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The bytes not yet read.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; } = bytes;

    /// <summary>The next bytes, which stay where they are.</summary>
    /// <exception cref="InvalidDataException">There are not as many.</exception>
    public ReadOnlyMemory<byte> Take(long count)
    {
        if (count < 0 || count > Rest.Length)
        {
            throw new InvalidDataException($"it is truncated: {count:N0} bytes are announced and {Rest.Length:N0} left");
        }

        var taken = Rest[..(int)count];
        Rest = Rest[(int)count..];
        return taken;
    }

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1).Span[0];

    /// <summary>The next two bytes as a number without sign, little-endian.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    /// <summary>The next four bytes as a number, little-endian.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

    /// <summary>The next eight bytes as a number, little-endian.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8).Span);

    /// <summary>The next eight bytes as a number with a fraction, big-endian as pickles have it.</summary>
    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span);

    /// <summary>The next bytes as text; what is no UTF-8 becomes the replacement character.</summary>
    public string Text(long count) => Encoding.UTF8.GetString(Take(count).Span);

    /// <summary>The text up to the next end of line, which is passed over.</summary>
    public string Line()
    {
        var end = Rest.Span.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new InvalidDataException("it is truncated in the middle of a name");
        }

        var line = Text(end);
        Take(1);
        return line;
    }
}
