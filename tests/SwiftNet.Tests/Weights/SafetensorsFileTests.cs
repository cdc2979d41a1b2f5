using System.Buffers.Binary;
using System.Text;
using SwiftNet.Weights;

namespace SwiftNet.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"weights-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Tensors_and_metadata_are_read()
    {
        Save("""{"__metadata__":{"architecture":"x"},"b":{"dtype":"F16","shape":[1,2],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}} """,
            [0, 0, 0x80, 0x3f, 0x00, 0x3c, 0x00, 0xc0]);

        var file = SafetensorsFile.Open(_path);

        Assert.Equal("x", file.Metadata["architecture"]);
        Assert.Equal([1f], file.Tensors["a"].ToFloats());
        Assert.Equal([1f, -2f], file.Tensors["b"].ToFloats());
        using var tensor = file.Tensors["b"].ToTensor();
        Assert.Equal([1L, 2L], tensor.shape);
        Assert.Equal([1f, -2f], tensor.data<float>().ToArray());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "does not fit its 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "does not fit its 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "lacks a usable")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "has to begin at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "has to begin at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", "'Q4'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "lacks a usable")]
    [InlineData("""{"__metadata__":{"a":1}}""", "metadata")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "half a character")]
    [InlineData("""{"a":[[[[[[[[[[[[]]]]]]]]]]]]}""", "JSON")]
    [InlineData("[]", "no safetensors file")]
    [InlineData("", "no safetensors file")]
    [InlineData("{", "JSON")]
    public void A_header_that_lies_is_refused_with_the_file_and_the_reason(string header, string reason)
    {
        Save(header, new byte[8]);

        var error = Assert.Throws<WeightsException>(() => SafetensorsFile.Open(_path));

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(4_000_000_000_000UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(3UL)]
    public void A_header_that_claims_more_than_the_file_has_allocates_nothing(ulong claimed)
    {
        var file = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimed);
        File.WriteAllBytes(_path, file);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WeightsException>(() => SafetensorsFile.Open(_path));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_refused()
    {
        Assert.Contains(
            "do not exist", Assert.Throws<WeightsException>(() => SafetensorsFile.Open(_path)).Message, StringComparison.Ordinal);
        Assert.Throws<WeightsException>(() => SafetensorsFile.Open(Path.GetTempPath()));
        File.WriteAllBytes(_path, []);
        Assert.Contains("0 bytes", Assert.Throws<WeightsException>(() => SafetensorsFile.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again_aligned_and_byte_for_byte_the_same()
    {
        var tensors = new Dictionary<string, StoredTensor>
        {
            ["odd"] = StoredTensor.From([1.5f, -0.1f, 3e-6f], 3, 1).ToHalf(),
            ["wide"] = StoredTensor.From([0.1f, float.MaxValue], 2),
            ["number"] = StoredTensor.From([7f]),
            ["empty"] = StoredTensor.From([], 0, 4),
            ["bytes"] = new(ElementType.UInt8, [3], new byte[] { 1, 2, 255 }),
            ["long"] = new(ElementType.Int64, [1], BitConverter.GetBytes(-5L)),
        };
        var metadata = new Dictionary<string, string> { ["b"] = "β = \"10 %\"", ["a"] = "" };

        SafetensorsFile.Write(_path, tensors, metadata);
        var first = File.ReadAllBytes(_path);
        var file = SafetensorsFile.Open(_path);
        SafetensorsFile.Write(_path, file.Tensors, file.Metadata);

        Assert.Equal(first, File.ReadAllBytes(_path));
        Assert.Equal(metadata.OrderBy(m => m.Key), file.Metadata.OrderBy(m => m.Key));
        Assert.Equal(tensors.Keys.Order(), file.Tensors.Keys.Order());
        Assert.All(tensors, t =>
        {
            var read = file.Tensors[t.Key];
            Assert.Equal(t.Value.Type, read.Type);
            Assert.Equal(t.Value.Shape, read.Shape);
            Assert.Equal(t.Value.Bytes.ToArray(), read.Bytes.ToArray());
        });
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(first) % 8);
        Assert.False(File.Exists(_path + ".part"));
    }

    [Theory]
    [InlineData("one-object", 1)]
    [InlineData("two-objects", 2)]
    public void Files_of_the_reference_library_are_read(string clip, int objects)
    {
        var file = SafetensorsFile.Open(Repository.Shared("fixtures", clip, "expected.safetensors"));

        Assert.Equal([objects, 32, 144], file.Tensors["first.keys"].Shape);
        Assert.Equal(ElementType.UInt8, file.Tensors["frame1.mask"].Type);
        Assert.Equal(ElementType.Int32, file.Tensors["matched_and_memory_pixels"].Type);
        Assert.Equal(144, file.Tensors["matched_and_memory_pixels"].ToFloats()[0]);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_behind()
    {
        var error = Assert.Throws<WeightsException>(
            () => SafetensorsFile.Write(Path.Combine(_path, "in", "no.folder"), new Dictionary<string, StoredTensor>()));

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_any_byte_damaged_is_read_or_refused_and_nothing_else()
    {
        var tensors = new Dictionary<string, StoredTensor>
        {
            ["a.weight"] = StoredTensor.From([1, 2, 3, 4], 2, 2),
            ["b"] = StoredTensor.From([1f], 1).ToHalf(),
        };
        SafetensorsFile.Write(_path, tensors, new Dictionary<string, string> { ["architecture"] = "x" });

        Damage.Try(File.ReadAllBytes(_path), _path, rounds: 1000, path => SafetensorsFile.Open(path));
    }

    private void Save(string header, byte[] buffer)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(_path, [.. length, .. text, .. buffer]);
    }
}
