using System.Buffers.Binary;
using System.Security.Cryptography;
using SwiftNet.Weights;

namespace SwiftNet.Snapshots;

/// <summary>
/// A snapshot's outside: the name <c>SwiftNet</c>, the version and four bytes of zero, then a safetensors file, then the SHA-256 of all
/// that comes before it.
/// Version 2 holds several windows: in place of the four zeros their number, then for each its length in eight bytes and a file of
/// version 1.
/// </summary>
internal static class SnapshotFile
{
    /// <summary>The version of one window or the whole frame. Another layout of the inside is another version.</summary>
    public const int Version = 1;

    /// <summary>The version of several windows.</summary>
    public const int PartsVersion = 2;

    // As many as there are objects.
    private const int MostParts = 255;

    private const int PrefixBytes = 16;

    // 255 objects at 576x320 take about half of it; what is larger is no snapshot of this service.
    private const int MostBytes = 1 << 30;

    private static ReadOnlySpan<byte> Name => "SwiftNet"u8;

    /// <summary>Writes a snapshot; the stream stays the caller's.</summary>
    public static void Write(Stream to, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(to, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            Span<byte> prefix = stackalloc byte[PrefixBytes];
            prefix.Clear();
            Name.CopyTo(prefix);
            BinaryPrimitives.WriteInt32LittleEndian(prefix[Name.Length..], Version);
            hashed.Write(prefix);
            SafetensorsFile.Write(hashed, tensors, metadata);
        }

        to.Write(hash.Hash!);
    }

    /// <summary>Writes several windows' snapshots as one file; the stream stays the caller's.</summary>
    public static void WriteParts(Stream to, IReadOnlyList<SnapshotPart> parts)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        Name.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[Name.Length..], PartsVersion);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[(Name.Length + sizeof(int))..], parts.Count);
        to.Write(prefix);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var part in parts)
        {
            using var file = new MemoryStream();
            Write(file, part.Tensors, part.Texts);
            BinaryPrimitives.WriteInt64LittleEndian(length, file.Length);
            to.Write(length);
            file.WriteTo(to);
        }
    }

    /// <summary>Reads a snapshot of any number of windows, from here to the end of the stream, which stays the caller's.</summary>
    /// <exception cref="SnapshotException">It is none, of another version, truncated or damaged.</exception>
    public static IReadOnlyList<SafetensorsFile> ReadParts(Stream from)
    {
        var bytes = ReadAll(from);
        if (bytes.Length < PrefixBytes || !bytes.Span.StartsWith(Name)
            || BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[Name.Length..]) != PartsVersion)
        {
            return [Read(bytes)];
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(Name.Length + sizeof(int))..]);
        var rest = bytes[PrefixBytes..];
        var parts = new List<SafetensorsFile>();
        for (var i = 0; i < count && count <= MostParts; i++)
        {
            var length = rest.Length < sizeof(long) ? -1 : BinaryPrimitives.ReadInt64LittleEndian(rest.Span);
            if (length < 0 || length > rest.Length - sizeof(long))
            {
                throw new SnapshotException("The snapshot is truncated or damaged: a window's part is not whole.");
            }

            parts.Add(Read(rest.Slice(sizeof(long), (int)length)));
            rest = rest[(sizeof(long) + (int)length)..];
        }

        return parts.Count > 0 && rest.Length == 0
            ? parts
            : throw new SnapshotException($"The snapshot is damaged: it names {count} windows.");
    }

    /// <summary>
    /// Reads a snapshot from here to the end of the stream, which stays the caller's. Memory is taken as bytes arrive, never for what a
    /// file claims.
    /// </summary>
    /// <exception cref="SnapshotException">It is none, of another version, truncated or damaged.</exception>
    public static SafetensorsFile Read(Stream from) => Read(ReadAll(from));

    private static SafetensorsFile Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < PrefixBytes + SHA256.HashSizeInBytes || !bytes.Span.StartsWith(Name))
        {
            throw new SnapshotException("The file is no snapshot, or only the beginning of one.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[Name.Length..]);
        if (version != Version)
        {
            throw new SnapshotException($"The snapshot is of version {version}; here version {Version} is read.");
        }

        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content.Span).AsSpan().SequenceEqual(bytes.Span[content.Length..]))
        {
            throw new SnapshotException("The snapshot is truncated or damaged: its checksum is another.");
        }

        try
        {
            return SafetensorsFile.Read(content[PrefixBytes..]);
        }
        catch (InvalidDataException error)
        {
            throw new SnapshotException($"The snapshot cannot be read: {error.Message}.", error);
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream from)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (var read = from.Read(buffer); read > 0; read = from.Read(buffer))
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MostBytes)
                {
                    throw new SnapshotException($"The snapshot has more than the {MostBytes >> 20} MiB that are read.");
                }
            }
        }
        catch (IOException error)
        {
            throw new SnapshotException($"The snapshot cannot be read: {error.Message}", error);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
