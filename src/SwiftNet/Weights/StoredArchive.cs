using System.IO.Compression;

namespace SwiftNet.Weights;

/// <summary>A zip archive whose entries lie in it as they are. What is read from it never exceeds the archive, whatever its entries
/// claim.</summary>
internal sealed class StoredArchive
{
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private long _left;

    /// <summary>Reads the list of entries.</summary>
    /// <exception cref="InvalidDataException">The archive is truncated or damaged.</exception>
    public StoredArchive(byte[] file)
    {
        _left = file.Length;
        // Over an array in memory there is nothing to close.
        _entries = Guard(
            () => new ZipArchive(new MemoryStream(file, writable: false)).Entries.ToDictionary(e => e.FullName, StringComparer.Ordinal));
    }

    /// <summary>The full names of the entries.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>The bytes of an entry, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">The entry is compressed, damaged, or claims more than the archive has.</exception>
    public byte[]? Read(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        if (entry.CompressedLength != entry.Length)
        {
            throw new InvalidDataException(
                $"its entry '{Printable.Of(name)}' is compressed, {entry.CompressedLength:N0} bytes for {entry.Length:N0}; torch.save "
                    + "stores entries as they are");
        }

        // Entries of a hostile archive may overlap, so they are counted together.
        _left -= entry.Length;
        if (entry.Length < 0 || _left < 0)
        {
            throw new InvalidDataException($"its entry '{Printable.Of(name)}' claims {entry.Length:N0} bytes, more than the file has left");
        }

        return Guard(() =>
        {
            var bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
            using var stream = entry.Open();
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error)
            when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"it is a truncated or damaged zip archive ({Printable.Of(error.Message)})", error);
        }
    }
}
