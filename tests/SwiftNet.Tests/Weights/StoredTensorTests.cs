using SwiftNet.Weights;
using static TorchSharp.torch;

namespace SwiftNet.Tests.Weights;

public sealed class StoredTensorTests
{
    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    public void A_tensor_is_stored_and_widened_as_torch_widens_it(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var tensor = (arange(-6, 6, dtype: ScalarType.Float32) * 1.7f).to(type).reshape(3, 4);
        var expected = tensor.to(ScalarType.Float32).data<float>().ToArray();

        var stored = StoredTensor.From(tensor);

        Assert.Equal([3L, 4L], stored.Shape);
        Assert.Equal(expected, stored.ToFloats());
        Assert.Equal(expected, stored.ToTensor().data<float>().ToArray());
        Assert.Equal(type, stored.ToTensor(type).dtype);
    }

    [Fact]
    public void A_transposed_tensor_is_stored_row_by_row()
    {
        using var scope = NewDisposeScope();

        var stored = StoredTensor.From(arange(6, dtype: ScalarType.Float32).reshape(2, 3).t());

        Assert.Equal([3L, 2L], stored.Shape);
        Assert.Equal([0f, 3, 1, 4, 2, 5], stored.ToFloats());
    }

    [Fact]
    public void Half_precision_rounds_to_nearest() =>
        Assert.Equal([1f, 65504f, -0.0999755859375f], StoredTensor.From([1f, 65504f, -0.1f], 3).ToHalf().ToFloats());

    [Fact]
    public void Bytes_that_do_not_fit_the_shape_are_refused() =>
        Assert.Throws<ArgumentException>(() => new StoredTensor(ElementType.Float32, [2, 2], new byte[12]));
}
