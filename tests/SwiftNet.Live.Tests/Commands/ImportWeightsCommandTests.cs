using System.Buffers.Binary;
using System.Text;
using SwiftNet.Live.Commands;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;
using SwiftNet.Weights;

namespace SwiftNet.Live.Tests.Commands;

public sealed class ImportWeightsCommandTests : IDisposable
{
    private static readonly SafetensorsFile s_shipped = SafetensorsFile.Open(
        Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors"));

    private readonly string _folder = Directory.CreateTempSubdirectory("import-").FullName;

    private string Input => Path.Combine(_folder, "published.pth");

    private string Output => Path.Combine(_folder, "out.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_checkpoint_becomes_the_weights_that_ship()
    {
        SaveCheckpoint(Input, s_shipped.Tensors);
        var report = new StringWriter();

        ImportWeightsCommand.Import(Input, Output, float32: false, report);

        var imported = SafetensorsFile.Open(Output);
        Assert.Equal(Backbone.ResNet18, Architecture.Check(Output, imported.Tensors, imported.Metadata).Backbone);
        Assert.Equal("published.pth", imported.Metadata["source"]);
        Assert.Equal(s_shipped.Tensors.Keys.Order(), imported.Tensors.Keys.Order());
        Assert.All(
            s_shipped.Tensors,
            t =>
                Assert.Equal(
                    (t.Value.Type, Convert.ToHexString(t.Value.Bytes.Span)),
                    (imported.Tensors[t.Key].Type, Convert.ToHexString(imported.Tensors[t.Key].Bytes.Span))));
        Assert.Contains("swiftnet-resnet18", report.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"{s_shipped.Tensors.Count}, {s_shipped.Tensors.Values.Sum(t => t.Count):N0} parameters",
            report.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void With_float32_every_tensor_is_kept_whole()
    {
        var tensors = new Dictionary<string, StoredTensor>(s_shipped.Tensors)
        {
            ["Decoder.pred2.bias"] = StoredTensor.From([0.1f, 1e-30f], 2),
        };
        SaveCheckpoint(Input, tensors);

        ImportWeightsCommand.Import(Input, Output, float32: true, TextWriter.Null);

        var imported = SafetensorsFile.Open(Output);
        Assert.All(imported.Tensors.Values, t => Assert.Equal(ElementType.Float32, t.Type));
        Assert.Equal([0.1f, 1e-30f], imported.Tensors["Decoder.pred2.bias"].ToFloats());
    }

    [Fact]
    public void A_convolution_that_half_precision_cannot_hold_stays_whole()
    {
        var weights = s_shipped.Tensors["Decoder.pred2.weight"].ToFloats();
        weights[0] = 1e6f;
        SaveCheckpoint(
            Input,
            new Dictionary<string, StoredTensor>(s_shipped.Tensors) { ["Decoder.pred2.weight"] = StoredTensor.From(weights, 2, 64, 3, 3) });

        ImportWeightsCommand.Import(Input, Output, float32: false, TextWriter.Null);

        Assert.Equal(1e6f, SafetensorsFile.Open(Output).Tensors["Decoder.pred2.weight"].ToFloats()[0]);
    }

    [Fact]
    public void Another_network_is_refused_and_nothing_is_written()
    {
        SaveCheckpoint(Input, s_shipped.Tensors.Where(t => !t.Key.StartsWith("aspp.", StringComparison.Ordinal)).ToDictionary());

        var error = Assert.Throws<WeightsException>(() => ImportWeightsCommand.Import(Input, Output, float32: false, TextWriter.Null));

        Assert.Contains("missing aspp.aspp1.atrous_conv.weight (128x256x1x1)", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing aspp.conv1.weight (128x512x1x1)", error.Message, StringComparison.Ordinal);
        Assert.Equal([Input], Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_input_is_never_overwritten_not_even_through_a_link()
    {
        SaveCheckpoint(Input, s_shipped.Tensors);
        var link = Path.Combine(_folder, "link.pth");
        File.CreateSymbolicLink(link, Input);

        Assert.Throws<UserErrorException>(
            () => ImportWeightsCommand.Import(Input, Path.Combine(_folder, ".", "published.pth"), float32: false, TextWriter.Null));
        Assert.Throws<UserErrorException>(() => ImportWeightsCommand.Import(link, Input, float32: false, TextWriter.Null));
    }

    [Fact]
    public void The_process_tells_success_and_failure_by_its_exit_code_and_one_line()
    {
        SaveCheckpoint(Input, s_shipped.Tensors);
        var hostile = Path.Combine(Repository.Folder, "tests", "SwiftNet.Tests", "Weights", "Data", "hostile-new.pth");

        var imported = LiveProcess.Run("import-weights", Input, Output);
        var refused = LiveProcess.Run("import-weights", hostile, Path.Combine(_folder, "no.safetensors"));

        Assert.Equal((0, ""), (imported.Code, imported.Errors));
        Assert.Contains("swiftnet-resnet18", imported.Output, StringComparison.Ordinal);
        LiveProcess.AssertOneLine("posix.system", refused);
        Assert.Equal([Output, Input], Directory.GetFiles(_folder).Order());
    }

    // The old format of torch.save, as DataParallel leaves it: the prefix, float32 throughout, a batch counter.
    private static void SaveCheckpoint(string path, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        using var file = File.Create(path);
        Write(file, "\u0080\u0002\u008a\u000al\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003.\u0080\u0002}");
        Write(file, $"{Text("little_endian")}\u0088s.\u0080\u0002ccollections\nOrderedDict\n)R(");
        var all = tensors
            .Select(t => ("module." + t.Key, t.Value.ToSingle()))
            .Append(("module.Encoder.bn1.num_batches_tracked", StoredTensor.From([3f])))
            .ToArray();
        foreach (var (name, tensor) in all)
        {
            var strides = tensor.Shape.Select((_, side) => tensor.Shape.Skip(side + 1).Aggregate(1L, (a, b) => a * b));
            Write(file, $"{Text(name)}ctorch._utils\n_rebuild_tensor_v2\n(({Text("storage")}ctorch\nFloatStorage\n{Text(name)}{Text("cuda:0")}{Number(tensor.Count)}NtQK\u0000");
            Write(file, $"({string.Concat(tensor.Shape.Select(Number))}t({string.Concat(strides.Select(Number))}t\u0089ccollections\nOrderedDict\n)RtR");
        }

        Write(file, $"u.\u0080\u0002]({string.Concat(all.Select(t => Text(t.Item1)))}e.");
        foreach (var (_, tensor) in all)
        {
            file.Write(BitConverter.GetBytes(tensor.Count));
            file.Write(tensor.Bytes.Span);
        }
    }

    private static void Write(Stream file, string latin1) => file.Write(Encoding.Latin1.GetBytes(latin1));

    private static string Text(string text) => $"X{Four(text.Length)}{text}";

    private static string Number(long number) => $"J{Four((int)number)}";

    private static string Four(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return Encoding.Latin1.GetString(bytes);
    }
}
