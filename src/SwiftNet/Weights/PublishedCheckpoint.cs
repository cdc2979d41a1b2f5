namespace SwiftNet.Weights;

/// <summary>Reads the checkpoints that PyTorch saves, without PyTorch and without running anything in them: tensors, tables, lists, texts
/// and numbers are all that is ever made, and any other name in the pickle is refused.</summary>
public static class PublishedCheckpoint
{
    private const string ParallelPrefix = "module.";

    private static readonly string[] Wrappers = ["state_dict", "model", "net"];

    /// <summary>Reads the tensors of a state dict, be it the saved object itself or its entry <c>state_dict</c>, <c>model</c> or
    /// <c>net</c>. The names come without the prefix <c>module.</c> of DataParallel; batch counters are left out.</summary>
    /// <exception cref="WeightsException">The file cannot be read, is no checkpoint, is damaged, or asks for anything but
    /// tensors.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path)
    {
        var file = WholeFile.Read(path);
        try
        {
            var checkpoint = Open(file);
            return Tensors(checkpoint, StateDict(checkpoint.Root));
        }
        catch (InvalidDataException error)
        {
            throw new WeightsException($"Checkpoint '{path}' cannot be read: {error.Message}.", error);
        }
    }

    private static Checkpoint Open(byte[] file)
    {
        if (ZipCheckpoint.Recognises(file))
        {
            return ZipCheckpoint.Read(file);
        }

        if (LegacyCheckpoint.Recognises(file))
        {
            return LegacyCheckpoint.Read(file);
        }

        throw new InvalidDataException(file.AsSpan().IndexOf("ustar"u8) == 257
            ? "it is a tar archive of PyTorch before 0.2; load and save it again with a newer one"
            : "it is no PyTorch checkpoint");
    }

    private static PickledDict StateDict(object? root)
    {
        var found = root as PickledDict;
        foreach (var wrapper in Wrappers)
        {
            if (found?[wrapper] is PickledDict inner)
            {
                found = inner;
                break;
            }
        }

        return found is not null && found.Entries.Any(entry => entry.Value is PickledTensor)
            ? found
            : throw new InvalidDataException($"it holds no state dict, neither by itself nor as {string.Join(", ", Wrappers)}");
    }

    private static Dictionary<string, StoredTensor> Tensors(Checkpoint checkpoint, PickledDict stateDict)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (key, value) in stateDict.Entries)
        {
            if (value is not PickledTensor tensor || NetworkTensors.IsCounter(key))
            {
                continue;
            }

            var name = key.StartsWith(ParallelPrefix, StringComparison.Ordinal) ? key[ParallelPrefix.Length..] : key;
            if (!tensors.TryAdd(name, checkpoint.Resolve(tensor)))
            {
                throw new InvalidDataException($"it holds '{Printable.Of(name)}' twice, with and without the prefix {ParallelPrefix}");
            }
        }

        return tensors;
    }
}
