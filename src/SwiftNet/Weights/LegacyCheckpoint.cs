using System.Globalization;
using System.Numerics;

namespace SwiftNet.Weights;

/// <summary>The format of torch.save before PyTorch 1.6: pickles one after the other (magic number, protocol, machine, object, storage
/// keys), then the storages.</summary>
internal static class LegacyCheckpoint
{
    private const long Protocol = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("01950a86a20f9469cfc6c", NumberStyles.HexNumber);

    /// <summary>Whether the file begins as a pickle does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) => file is [0x80, 2, ..];

    /// <summary>Reads the saved object, and the storages that its tensors view.</summary>
    /// <exception cref="InvalidDataException">What is wrong, without the file's name.</exception>
    public static Checkpoint Read(byte[] file)
    {
        var bytes = new ByteCursor(file);
        if (Unpickler.Read(bytes, out _) is not BigInteger magic || magic != Magic)
        {
            throw new InvalidDataException("it is a pickle without the mark of torch.save, no checkpoint");
        }

        if (Unpickler.Read(bytes, out _) is not Protocol)
        {
            throw new InvalidDataException($"it is not of torch.save's protocol {Protocol}");
        }

        if (Unpickler.Read(bytes, out _) is not PickledDict machine || machine["little_endian"] is not true)
        {
            throw new InvalidDataException("its numbers are not little-endian");
        }

        var root = Unpickler.Read(bytes, out var named);
        if (Unpickler.Read(bytes, out _) is not List<object?> keys)
        {
            throw new InvalidDataException("it lacks the list of its storages");
        }

        return new Checkpoint(root, ReadStorages(bytes, keys, named));
    }

    // Each storage is its count and its numbers, in the order of the list.
    private static Dictionary<string, ReadOnlyMemory<byte>> ReadStorages(
        ByteCursor bytes, List<object?> keys, IReadOnlyCollection<PickledStorage> named)
    {
        var byKey = named.ToDictionary(storage => storage.Key, StringComparer.Ordinal);
        var storages = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var item in keys)
        {
            if (item is not string key || !byKey.TryGetValue(key, out var storage))
            {
                throw new InvalidDataException("it lists a storage that no tensor uses");
            }

            var count = bytes.Int64();
            if (count != storage.Count)
            {
                throw new InvalidDataException(
                    $"its storage '{Printable.Of(key)}' has {count:N0} numbers; its pickle says {storage.Count:N0}");
            }

            var size = storage.Size;
            if (!storages.TryAdd(key, bytes.Take(size > long.MaxValue ? long.MaxValue : (long)size)))
            {
                throw new InvalidDataException($"it lists the storage '{Printable.Of(key)}' twice");
            }
        }

        return storages.Count == byKey.Count
            ? storages
            : throw new InvalidDataException($"{byKey.Count - storages.Count} of its storages are missing");
    }
}
