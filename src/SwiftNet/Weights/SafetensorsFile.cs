using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

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
        try
        {
            return Read(file);
        }
        catch (InvalidDataException error)
        {
            throw new WeightsException($"Weights '{path}' cannot be used: {error.Message}.", error);
        }
    }

    /// <summary>The same of a file's bytes, which must not change afterwards.</summary>
    /// <exception cref="InvalidDataException">What is wrong with them, without a file's name.</exception>
    internal static SafetensorsFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < LengthBytes)
        {
            throw new InvalidDataException($"it has {file.Length} bytes, too few for a safetensors file");
        }

        var header = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (header > (ulong)(file.Length - LengthBytes))
        {
            throw new InvalidDataException(
                $"it claims a header of {header:N0} bytes and has {file.Length:N0}; it is truncated or no safetensors file");
        }

        if (header > LongestHeader)
        {
            throw new InvalidDataException(
                $"its header of {header:N0} bytes is longer than the {LongestHeader:N0} that safetensors allows");
        }

        var start = LengthBytes + (int)header;
        var (tensors, metadata) = SafetensorsHeader.Read(file[LengthBytes..start], file[start..]);
        return new SafetensorsFile(tensors, metadata);
    }

    /// <summary>Writes a file that <see cref="Open"/> and the safetensors libraries read: beside <paramref name="path"/> first, renamed
    /// when complete. The same input gives the same bytes.</summary>
    /// <exception cref="WeightsException">The file cannot be written; one that was there before is left as it was.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var part = path + ".part";
        try
        {
            using (var stream = File.Create(part))
            {
                Write(stream, tensors, metadata);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }

            throw new WeightsException($"Weights '{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>The same into a stream, which stays the caller's.</summary>
    internal static void Write(
        Stream stream, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        // Wide elements first, so that every tensor is aligned without the holes that the format forbids.
        var ordered = tensors.OrderByDescending(t => t.Value.Type.Size()).ThenBy(t => t.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            stream.Write(tensor.Bytes.Span);
        }
    }

    /// <summary>The SHA-256 of all tensors, their names, formats and shapes included, in hexadecimal digits.</summary>
    internal string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in Tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.Type} {tensor.ShapeText}\n"));
            hash.AppendData(tensor.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlySpan<byte> Header(KeyValuePair<string, StoredTensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsHeader.MetadataName);
                foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long begin = 0;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type.SafetensorsName());
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [begin, begin + tensor.Bytes.Length]);
                json.WriteEndObject();
                begin += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        // Blanks after the table put the first tensor on a multiple of eight.
        text.Write("       "u8[..(-text.WrittenCount & 7)]);
        return text.WrittenSpan;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
