using System.IO.Compression;
using System.Text;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Reaches operators of libtorch that TorchSharp has no binding for, by a TorchScript module made in memory.</summary>
internal static class KernelScript
{
    private const string Head = """
        class Kernels(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool

        """;

    // The pickled instance, protocol 2: an object of __torch__.Kernels with the state {'training': False}.
    private static readonly byte[] s_instance = Encoding.Latin1.GetBytes(
        "\u0080\u0002c__torch__\nKernels\n)\u0081}X\b\0\0\0training\u0089sb.");

    /// <summary>Compiles methods of a class <c>__torch__.Kernels</c>.</summary>
    /// <param name="methods">The methods' source, indented by two blanks.</param>
    /// <returns>The module, or null where this libtorch lacks one of the operators.</returns>
    public static torch.jit.ScriptModule? Load(string methods)
    {
        try
        {
            return torch.jit.load(Archive(Head + methods));
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static byte[] Archive(string source)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "data.pkl", s_instance);
            Add(archive, "code/__torch__.py", Encoding.UTF8.GetBytes(source.ReplaceLineEndings("\n")));
            Add(archive, "constants.pkl", [0x80, 2, (byte)')', (byte)'.']);
            Add(archive, "version", "3\n"u8);
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        using var entry = archive.CreateEntry("kernels/" + name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
