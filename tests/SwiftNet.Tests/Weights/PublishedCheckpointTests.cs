using System.IO.Compression;
using SwiftNet.Weights;
using static SwiftNet.Tests.Weights.CheckpointBytes;

namespace SwiftNet.Tests.Weights;

public sealed class PublishedCheckpointTests : IDisposable
{
    private const string Two = "K\x02\x85";
    private const string One = "K\x01\x85";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"checkpoint-{Guid.NewGuid():N}.pth");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("new.pth")]
    [InlineData("old.pth")]
    public void The_tensors_of_both_formats_are_read(string name)
    {
        var tensors = PublishedCheckpoint.Read(Data(name));

        Assert.Equal(["conv.weight", "half", "head", "tail", "transposed", "number", "empty"], tensors.Keys);
        Assert.Equal([3L, 2, 1, 1], tensors["conv.weight"].Shape);
        Assert.Equal([0.5f, -1.25f, 3, 1e-3f, 2, -0f], tensors["conv.weight"].ToFloats());
        Assert.Equal(ElementType.Float16, tensors["half"].Type);
        Assert.Equal([1f, -2, 0.25f], tensors["half"].ToFloats());
        Assert.Equal([0f, 1, 2, 3], tensors["head"].ToFloats());
        Assert.Equal([4f, 5, 6, 7, 8, 9], tensors["tail"].ToFloats());
        Assert.Equal([3L, 2], tensors["transposed"].Shape);
        Assert.Equal([4f, 7, 5, 8, 6, 9], tensors["transposed"].ToFloats());
        Assert.Equal([], tensors["number"].Shape);
        Assert.Equal([7f], tensors["number"].ToFloats());
        Assert.Equal([0L, 4], tensors["empty"].Shape);
    }

    [Theory]
    [InlineData("hostile-new.pth")]
    [InlineData("hostile-old.pth")]
    public void A_pickle_that_would_run_a_command_is_refused_with_its_name_and_nothing_is_run(string name)
    {
        var error = Refused(Data(name));

        Assert.Contains("posix.system", error, StringComparison.Ordinal);
        Assert.Contains("nothing was run", error, StringComparison.Ordinal);
        Assert.False(File.Exists("a-checkpoint-ran-this"));
    }

    [Theory]
    [InlineData("c__builtin__\neval\nX\x01\0\0\0a\x85R", "__builtin__.eval")]
    [InlineData("ctorch\nFloatStorage\n)R", "damaged")]
    [InlineData("ctorch.nn\nConv2d\n)\x81", "torch.nn.Conv2d")]
    [InlineData("ccollections\nOrderedDict\nK\x01\x85R", "makes an OrderedDict")]
    [InlineData("ctorch\nSize\nNR", "damaged")]
    [InlineData("cos\n\x1b[31m\n)R", "os.?[31m")]
    public void Nothing_but_tensors_and_tables_is_ever_made(string value, string reason) =>
        Assert.Contains(reason, Refused(Old(Dict(value), FourNumbers)), StringComparison.Ordinal);

    [Theory]
    [InlineData("K\x03\x85", One, "K\x02", "outside")]
    [InlineData(Two, "J\xff\xff\xff\xff\x85", "K\x01", "outside")]
    [InlineData(One, One, "J\xff\xff\xff\xff", "outside")]
    [InlineData("J\xff\xff\xff\xff\x85", One, "K\0", "outside")]
    [InlineData("\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85", "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85", "K\0", "outside")]
    [InlineData("\x8a\x05\0\0\0\0\x10\x85", "K\0\x85", "K\0", "repeats")]
    [InlineData("K\x02K\x02\x86", One, "K\0", "describes a tensor")]
    [InlineData("(K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01t", One, "K\0", "describes a tensor")]
    public void A_tensor_that_takes_more_than_its_storage_is_refused(string shape, string strides, string offset, string reason) =>
        Assert.Contains(reason, Refused(Old(Dict(Tensor(shape, strides, offset)), FourNumbers)), StringComparison.Ordinal);

    [Fact]
    public void Storages_that_are_not_as_the_pickle_says_are_refused()
    {
        Assert.Contains(
            "4 numbers; its pickle says 5", Refused(Old(Dict(Tensor(Two, One, count: "K\x05")), FourNumbers)), StringComparison.Ordinal);
        Assert.Contains(
            "names a storage", Refused(Old(Dict(Tensor(Two, One, count: "J\xff\xff\xff\xff")), FourNumbers)), StringComparison.Ordinal);
        Assert.Contains(
            "two ways",
            Refused(Old(Dict($"({Tensor(Two, One)}{Tensor(Two, One, type: "IntStorage")}t"), FourNumbers)),
            StringComparison.Ordinal);
        Assert.Contains(
            "16 bytes; its pickle says 20",
            Refused(
                Zip(CompressionLevel.NoCompression, ("data.pkl", Latin1(Dict(Tensor(Two, One, count: "K\x05")))), ("data/0", FourNumbers))),
            StringComparison.Ordinal);
        Assert.Contains(
            "missing",
            Refused(Zip(CompressionLevel.NoCompression, ("data.pkl", Latin1(Dict(Tensor(Two, One)))))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_entry_is_refused_before_it_unfolds()
    {
        var pickle = Latin1(Dict(Tensor(One, One, count: "J\0\0\x80\0")));
        var bomb = Zip(CompressionLevel.Fastest, ("data.pkl", pickle), ("data/0", new byte[32 << 20]));

        Assert.Contains("is compressed", Refused(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_the_other_byte_order_are_refused()
    {
        var pickle = Latin1(Dict(Tensor(Two, One)));

        Assert.Contains(
            "big-endian",
            Refused(Zip(CompressionLevel.NoCompression, ("data.pkl", pickle), ("byteorder", Latin1("big")), ("data/0", FourNumbers))),
            StringComparison.Ordinal);
        Assert.Contains("little-endian", Refused(Latin1(OldHead.Replace('\x88', '\x89'))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "nested deeper")]
    [InlineData("]", "nested deeper")]
    [InlineData("\x80\x02", "more than")]
    public void Depth_and_length_are_bounded(string operation, string reason) =>
        Assert.Contains(
            reason, Refused(Old(Dict(string.Concat(Enumerable.Repeat(operation, 1_100_000))), FourNumbers)), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_holds_itself_harms_nothing() =>
        Assert.Equal(
            2,
            PublishedCheckpoint.Read(
                Save(Old($"\x80\x02}}(X\x01\0\0\0a{Tensor(Two, One)}X\x01\0\0\0b]q\0h\0au.", FourNumbers)))["a"].Count);

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model")]
    [InlineData("net")]
    public void The_state_dict_is_found_where_training_scripts_put_it(string wrapper)
    {
        var inner = $"}}X\x08\0\0\0module.w{Tensor(Two, One)}s";
        var pickle = $"\x80\x02}}(X\x05\0\0\0epochK\x03X{(char)wrapper.Length}\0\0\0{wrapper}{inner}u.";

        Assert.Equal(["w"], PublishedCheckpoint.Read(Save(Old(pickle, FourNumbers))).Keys);
    }

    [Fact]
    public void What_is_no_checkpoint_is_told_so()
    {
        var tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.Contains("tar archive", Refused(tar), StringComparison.Ordinal);
        Assert.Contains("no PyTorch checkpoint", Refused([]), StringComparison.Ordinal);
        Assert.Contains(
            "no PyTorch checkpoint", Refused(File.ReadAllBytes(Path.Combine(Repository.Folder, "LICENSE"))), StringComparison.Ordinal);
        Assert.Contains("without data.pkl", Refused(Zip(CompressionLevel.NoCompression, ("a", []))), StringComparison.Ordinal);
        Assert.Contains("without the mark", Refused(Latin1("\x80\x02K\x01.")), StringComparison.Ordinal);
        Assert.Contains("no state dict", Refused(Latin1(OldHead + "\x80\x02K\x01.\x80\x02].")), StringComparison.Ordinal);
        Assert.Contains(
            "do not exist",
            Assert.Throws<WeightsException>(() => PublishedCheckpoint.Read(_path + ".none")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new.pth")]
    [InlineData("old.pth")]
    public void A_truncated_file_is_refused_at_any_length(string name)
    {
        var whole = File.ReadAllBytes(Data(name));

        for (var length = 0; length < whole.Length; length += 7)
        {
            Refused(whole[..length]);
        }
    }

    [Theory]
    [InlineData("new.pth")]
    [InlineData("old.pth")]
    public void A_file_with_any_byte_damaged_is_read_or_refused_and_nothing_else(string name) =>
        Damage.Try(File.ReadAllBytes(Data(name)), _path, rounds: 1000, path => PublishedCheckpoint.Read(path));

    private static string Data(string name) => Path.Combine(Repository.Folder, "tests", "SwiftNet.Tests", "Weights", "Data", name);

    private string Refused(byte[] file) => Refused(Save(file));

    private static string Refused(string path)
    {
        var message = Assert.Throws<WeightsException>(() => PublishedCheckpoint.Read(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string Save(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        return _path;
    }
}
