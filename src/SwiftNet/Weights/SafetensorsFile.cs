using System.Buffers.Binary;

namespace SwiftNet.Weights;

/// <summary>A safetensors file: named tensors and a table of texts, nothing that could run.</summary>
public sealed class SafetensorsFile
{
    private const int LengthBytes = 8;

    // The format's own bound.
    private const long LongestHeader = 100_000_000;

    private SafetensorsFile(IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>The texts that came with them; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file whole. Every size it claims is checked against its length before anything is allocated for it.</summary>
    /// <exception cref="WeightsException">The file cannot be read, is no safetensors file, or is truncated or inconsistent.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = WholeFile.Read(path);
        if (file.Length < LengthBytes)
        {
            throw Unusable(path, $"it has {file.Length} bytes, too few for a safetensors file");
        }

        var header = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (header > (ulong)(file.Length - LengthBytes))
        {
            throw Unusable(path, $"it claims a header of {header:N0} bytes and has {file.Length:N0}; it is truncated or no safetensors file");
        }

        if (header > LongestHeader)
        {
            throw Unusable(path, $"its header of {header:N0} bytes is longer than the {LongestHeader:N0} that safetensors allows");
        }

        try
        {
            var start = LengthBytes + (int)header;
            var (tensors, metadata) = SafetensorsHeader.Read(file.AsMemory(LengthBytes, (int)header), file.AsMemory(start));
            return new SafetensorsFile(tensors, metadata);
        }
        catch (InvalidDataException error)
        {
            throw Unusable(path, error.Message, error);
        }
    }

    private static WeightsException Unusable(string path, string problem, Exception? cause = null) =>
        cause is null ? new WeightsException($"Weights '{path}' cannot be used: {problem}.") : new WeightsException($"Weights '{path}' cannot be used: {problem}.", cause);
}
