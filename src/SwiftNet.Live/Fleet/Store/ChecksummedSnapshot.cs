using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>A snapshot as stored: <c>SNFS</c>, activation number and count (8 bytes each, little endian), SHA-256 of everything except the
/// hash, payload.</summary>
/// <param name="Epoch">The activation that wrote the snapshot.</param>
/// <param name="Count">Index of the snapshot within its activation, from 0.</param>
/// <param name="Bytes">The payload: the camera's state.</param>
internal sealed record ChecksummedSnapshot(long Epoch, long Count, byte[] Bytes)
{
    private const int HashAt = 20;
    private const int HeaderBytes = HashAt + SHA256.HashSizeInBytes;

    /// <summary>Serializes header, hash and payload.</summary>
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

    /// <summary>Parses a stored snapshot; null if it is damaged.</summary>
    public static ChecksummedSnapshot? Parse(byte[] framed) =>
        framed.Length >= HeaderBytes
            && framed.AsSpan(0, 4).SequenceEqual("SNFS"u8)
            && framed.AsSpan(HashAt, SHA256.HashSizeInBytes).SequenceEqual(HashOf(framed))
            ? new(
                BinaryPrimitives.ReadInt64LittleEndian(framed.AsSpan(4)),
                BinaryPrimitives.ReadInt64LittleEndian(framed.AsSpan(12)),
                framed[HeaderBytes..])
            : null;

    private static byte[] HashOf(byte[] framed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(framed, 0, HashAt);
        hash.AppendData(framed, HeaderBytes, framed.Length - HeaderBytes);
        return hash.GetHashAndReset();
    }
}
