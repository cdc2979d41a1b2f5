using System.Text.Json;
using System.Text.Unicode;

namespace SwiftNet.Weights;

/// <summary>The table at the head of a safetensors file, every entry checked against the bytes that follow it.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The entry that holds no tensor but the file's texts.</summary>
    public const string MetadataName = "__metadata__";

    private const int MostSides = 16;

    /// <summary>Where a tensor lies in the bytes after the header.</summary>
    private readonly record struct Entry(string Name, ElementType Type, long[] Shape, long Begin, long End);

    /// <summary>Reads the table.</summary>
    /// <param name="header">The JSON text.</param>
    /// <param name="buffer">The bytes after it.</param>
    /// <exception cref="InvalidDataException">What is wrong, without the file's name.</exception>
    public static (Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Metadata) Read(
        ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> buffer)
    {
        if (header.IsEmpty || header.Span[0] != (byte)'{' || !Utf8.IsValid(header.Span))
        {
            throw new InvalidDataException("its header is not JSON text, so it is no safetensors file");
        }

        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            return Read(document.RootElement, buffer);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"its header is not usable JSON ({Printable.Of(error.Message)})", error);
        }
        catch (InvalidOperationException error)
        {
            // An escape such as \ud800 alone is valid JSON and no text.
            throw new InvalidDataException("its header holds a text with half a character", error);
        }
    }

    private static (
        Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Metadata) Read(JsonElement table, ReadOnlyMemory<byte> buffer)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        foreach (var property in table.EnumerateObject())
        {
            if (string.Equals(property.Name, MetadataName, StringComparison.Ordinal))
            {
                ReadMetadata(property.Value, metadata);
            }
            else
            {
                entries.Add(ReadEntry(property.Name, property.Value));
            }
        }

        return (Slice(entries, buffer), metadata);
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("its metadata is not a table of texts");
        }

        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                throw new InvalidDataException("its metadata is not a table of texts");
            }

            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private static Entry ReadEntry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var shape) || Numbers(shape) is not { } sides
            || !value.TryGetProperty("data_offsets", out var offsets) || Numbers(offsets) is not [var begin, var end])
        {
            throw new InvalidDataException($"its entry '{Printable.Of(name)}' lacks a usable dtype, shape or data_offsets");
        }

        var type = ElementTypes.FromSafetensorsName(dtype.GetString())
            ?? throw new InvalidDataException(
                $"tensor '{Printable.Of(name)}' has the dtype '{Printable.Of(dtype.GetString()!)}', which is not supported");
        return new Entry(name, type, sides, begin, end);
    }

    private static Dictionary<string, StoredTensor> Slice(List<Entry> entries, ReadOnlyMemory<byte> buffer)
    {
        var tensors = new Dictionary<string, StoredTensor>(entries.Count, StringComparer.Ordinal);
        long covered = 0;
        foreach (var (name, type, shape, begin, end) in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            // The format allows neither holes nor overlaps, so each tensor begins where the one before ends.
            if (begin != covered || end < begin)
            {
                throw new InvalidDataException(
                    $"tensor '{Printable.Of(name)}' lies at bytes {begin} to {end}; it has to begin at {covered}, "
                        + "where the one before ends");
            }

            if (end > buffer.Length)
            {
                throw new InvalidDataException($"it is truncated: tensor '{Printable.Of(name)}' ends at byte {end} of {buffer.Length}");
            }

            var needed = StoredTensor.CountOf(shape) is { } count ? (Int128)count * type.Size() : Int128.MaxValue;
            if (needed != end - begin)
            {
                throw new InvalidDataException(
                    $"tensor '{Printable.Of(name)}' of {StoredTensor.TextOf(shape)} {type} does not fit its {end - begin} bytes");
            }

            tensors.Add(name, new StoredTensor(type, shape, buffer[(int)begin..(int)end]));
            covered = end;
        }

        return covered == buffer.Length
            ? tensors
            : throw new InvalidDataException($"{buffer.Length - covered} bytes at its end belong to no tensor");
    }

    private static long[]? Numbers(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostSides)
        {
            return null;
        }

        var numbers = new long[value.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (value[i].ValueKind != JsonValueKind.Number || !value[i].TryGetInt64(out numbers[i]) || numbers[i] < 0)
            {
                return null;
            }
        }

        return numbers;
    }
}
