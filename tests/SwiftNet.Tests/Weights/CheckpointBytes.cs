using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SwiftNet.Tests.Weights;

/// <summary>Checkpoints made opcode by opcode, for what torch.save would never write. Texts stand for their Latin-1 bytes.</summary>
internal static class CheckpointBytes
{
    /// <summary>Sixteen bytes: storage '0' of four float32 numbers.</summary>
    public static readonly byte[] FourNumbers = new byte[16];

    /// <summary>The head of an old-format file: magic number, protocol, machine.</summary>
    public const string OldHead =
        "\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}X\x0d\0\0\0little_endian\x88s.";

    /// <summary>A dict with one entry 'a'.</summary>
    public static string Dict(string value) => $"\x80\x02}}X\x01\0\0\0a{value}s.";

    /// <summary>A view of storage '0', shape and strides as opcodes.</summary>
    public static string Tensor(
        string shape, string strides, string offset = "K\0", string count = "K\x04", string type = "FloatStorage") =>
        $"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\n{type}\nX\x01\0\0\00X\x03\0\0\0cpu{count}tQ{offset}{shape}{strides}\x89}}tR";

    /// <summary>An old-format file with this pickle and storage '0'.</summary>
    public static byte[] Old(string pickle, byte[] storage)
    {
        var count = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(count, storage.Length / 4);
        return [.. Latin1(OldHead + pickle + "\x80\x02]X\x01\0\0\00a."), .. count, .. storage];
    }

    /// <summary>A zip archive with these entries in the folder 'x'.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry("x/" + name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The bytes that a text stands for.</summary>
    public static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);
}
