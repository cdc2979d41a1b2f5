using System.Text;

namespace SwiftNet.Weights;

/// <summary>The format of torch.save since PyTorch 1.6: a zip archive of a pickle and one uncompressed entry a storage.</summary>
internal static class ZipCheckpoint
{
    private const string Pickle = "data.pkl";

    /// <summary>Whether the file begins as a zip archive does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

    /// <summary>Reads the saved object, and the storages that its tensors view.</summary>
    /// <exception cref="InvalidDataException">What is wrong, without the file's name.</exception>
    public static Checkpoint Read(byte[] file)
    {
        var archive = new StoredArchive(file);
        var pickle = archive.Names.FirstOrDefault(name => name.EndsWith("/" + Pickle, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"it is a zip archive without {Pickle}, no checkpoint");
        var folder = pickle[..^Pickle.Length];
        // Before PyTorch 2.1 there was no such entry, and no machine in use but little-endian ones.
        if (archive.Read(folder + "byteorder") is { } order && !order.AsSpan().SequenceEqual("little"u8))
        {
            throw new InvalidDataException(
                $"its numbers are {Printable.Of(Encoding.UTF8.GetString(order))}-endian; only little-endian ones are read");
        }

        var root = Unpickler.Read(new ByteCursor(archive.Read(pickle)), out var named);
        var storages = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var storage in named)
        {
            var bytes = archive.Read($"{folder}data/{storage.Key}")
                ?? throw new InvalidDataException($"its storage '{Printable.Of(storage.Key)}' is missing");
            if (bytes.Length != storage.Size)
            {
                throw new InvalidDataException(
                    $"its storage '{Printable.Of(storage.Key)}' has {bytes.Length:N0} bytes; its pickle says {storage.Size}");
            }

            storages.Add(storage.Key, bytes);
        }

        return new Checkpoint(root, storages);
    }
}
