using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>A snapshot as it lies in the store: <c>SNFS</c>, the activation's number and the count within it (8 bytes each, little endian), SHA-256 of all but itself, the bytes.</summary>
/// <param name="Epoch">The activation that made it.</param>
/// <param name="Count">Which of its activation's, from 0.</param>
/// <param name="Bytes">What the camera goes on from.</param>
internal sealed record ChecksummedSnapshot(long Epoch, long Count, byte[] Bytes)
{
    private const int HashAt = 20;
    private const int HeaderBytes = HashAt + SHA256.HashSizeInBytes;

    /// <summary>As it is kept.</summary>
    public byte[] ToBytes()
    {
        var framed = new byte[HeaderBytes + Bytes.Length];
        "SNFS"u8.CopyTo(framed);
        BinaryPrimitives.WriteInt64LittleEndian(framed.AsSpan(4), Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(framed.AsSpan(12), Count);
        Bytes.CopyTo(framed, HeaderBytes);
        HashOf(framed).CopyTo(framed, HashAt);
        return framed;
    }

    /// <summary>What was kept; null where it is not whole.</summary>
    public static ChecksummedSnapshot? Parse(byte[] framed) =>
        framed.Length >= HeaderBytes && framed.AsSpan(0, 4).SequenceEqual("SNFS"u8) && framed.AsSpan(HashAt, SHA256.HashSizeInBytes).SequenceEqual(HashOf(framed))
            ? new(BinaryPrimitives.ReadInt64LittleEndian(framed.AsSpan(4)), BinaryPrimitives.ReadInt64LittleEndian(framed.AsSpan(12)), framed[HeaderBytes..])
            : null;

    private static byte[] HashOf(byte[] framed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(framed, 0, HashAt);
        hash.AppendData(framed, HeaderBytes, framed.Length - HeaderBytes);
        return hash.GetHashAndReset();
    }
}
