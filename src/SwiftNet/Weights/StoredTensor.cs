using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SwiftNet.Weights;

/// <summary>A tensor as a file holds it: its bytes, what they are, and its shape. Holds no native memory.</summary>
public sealed class StoredTensor
{
    /// <summary>Wraps <paramref name="bytes"/>, which must not change afterwards.</summary>
    /// <exception cref="ArgumentException">The bytes are not as many as the shape asks for.</exception>
    public StoredTensor(ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Type = type;
        Shape = shape;
        Count = CountOf(shape)
            ?? throw new ArgumentException("The shape has a negative side or more elements than can be counted.", nameof(shape));
        Bytes = bytes;
        if ((Int128)Count * type.Size() != bytes.Length)
        {
            throw new ArgumentException(
                $"{ShapeText} of {type} takes {(Int128)Count * type.Size()} bytes; {bytes.Length} were given.", nameof(bytes));
        }
    }

    /// <summary>The number format.</summary>
    public ElementType Type { get; }

    /// <summary>The sides, outermost first; empty for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Elements: the product of the sides.</summary>
    public long Count { get; }

    /// <summary>The elements row by row, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The shape as it is written in messages: 64x3x7x7.</summary>
    internal string ShapeText => TextOf(Shape);

    /// <summary>Copies a tensor from whatever device it is on; it stays the caller's.</summary>
    public static StoredTensor From(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var detached = tensor.detach();
        using var host = detached.cpu();
        using var dense = host.contiguous();
        return new StoredTensor(ElementTypes.FromScalarType(dense.dtype), dense.shape, dense.bytes.ToArray());
    }

    /// <summary>Stores float32 numbers, row by row.</summary>
    public static StoredTensor From(ReadOnlySpan<float> values, params long[] shape) =>
        new(ElementType.Float32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as float32: half precision widened, the rest rounded to nearest.</summary>
    public float[] ToFloats() => Type switch
    {
        ElementType.Float16 => Widen<Half>(),
        ElementType.BFloat16 => WidenBFloat16(),
        ElementType.Float32 => MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray(),
        ElementType.Float64 => Widen<double>(),
        ElementType.Bool or ElementType.UInt8 => Widen<byte>(),
        ElementType.Int8 => Widen<sbyte>(),
        ElementType.Int16 => Widen<short>(),
        ElementType.Int32 => Widen<int>(),
        _ => Widen<long>(),
    };

    /// <summary>A new tensor on the CPU, which the caller disposes.</summary>
    public Tensor ToTensor(ScalarType type = ScalarType.Float32)
    {
        var stored = Type.ToScalarType();
        var tensor = empty([.. Shape], stored);
        if (Count > 0)
        {
            Bytes.Span.CopyTo(tensor.bytes);
        }

        return type == stored ? tensor : tensor.to(type, disposeAfter: true);
    }

    /// <summary>The same numbers, rounded to half precision.</summary>
    public StoredTensor ToHalf()
    {
        if (Type == ElementType.Float16)
        {
            return this;
        }

        var halves = Array.ConvertAll(ToFloats(), value => (Half)value);
        return new StoredTensor(ElementType.Float16, Shape, MemoryMarshal.AsBytes<Half>(halves).ToArray());
    }

    /// <summary>
    /// The same numbers as weights ship: convolutions in half precision. Biases and BatchNorm are small and shift everything behind them:
    /// they stay whole, and so does a convolution that half precision cannot hold.
    /// </summary>
    /// <param name="name">What the tensor is called in the file.</param>
    internal StoredTensor ToShipped(string name)
    {
        if (Shape.Count != 4 || !name.EndsWith(".weight", StringComparison.Ordinal))
        {
            return ToSingle();
        }

        var half = ToHalf();
        return Array.TrueForAll(half.ToFloats(), float.IsFinite) ? half : ToSingle();
    }

    /// <summary>The same numbers as float32.</summary>
    public StoredTensor ToSingle() => Type == ElementType.Float32 ? this : From(ToFloats(), [.. Shape]);

    /// <summary>A shape as it is written in messages: 64x3x7x7.</summary>
    internal static string TextOf(IReadOnlyList<long> shape) => shape.Count == 0 ? "a single number" : string.Join('x', shape);

    /// <summary>The product of the sides, or null where one is negative or the product cannot be counted.</summary>
    internal static long? CountOf(IReadOnlyList<long> shape)
    {
        Int128 count = 1;
        foreach (var side in shape)
        {
            count *= side;
            if (side < 0 || count > long.MaxValue)
            {
                return null;
            }
        }

        return (long)count;
    }

    private float[] Widen<T>()
        where T : unmanaged, INumberBase<T>
    {
        var elements = MemoryMarshal.Cast<byte, T>(Bytes.Span);
        var floats = new float[elements.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = float.CreateTruncating(elements[i]);
        }

        return floats;
    }

    // bfloat16 is the upper half of a float32.
    private float[] WidenBFloat16()
    {
        var elements = MemoryMarshal.Cast<byte, ushort>(Bytes.Span);
        var floats = new float[elements.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = BitConverter.UInt32BitsToSingle((uint)elements[i] << 16);
        }

        return floats;
    }
}
