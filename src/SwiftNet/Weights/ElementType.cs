using static TorchSharp.torch;

namespace SwiftNet.Weights;

/// <summary>The number format of a stored tensor.</summary>
public enum ElementType
{
    /// <summary>16 bit, IEEE.</summary>
    Float16,

    /// <summary>16 bit with float32's range.</summary>
    BFloat16,

    /// <summary>32 bit.</summary>
    Float32,

    /// <summary>64 bit.</summary>
    Float64,

    /// <summary>True or false, one byte.</summary>
    Bool,

    /// <summary>0 to 255.</summary>
    UInt8,

    /// <summary>8 bit with sign.</summary>
    Int8,

    /// <summary>16 bit with sign.</summary>
    Int16,

    /// <summary>32 bit with sign.</summary>
    Int32,

    /// <summary>64 bit with sign.</summary>
    Int64,
}

/// <summary>What each <see cref="ElementType"/> is called and how large it is.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        ElementType.Float32 or ElementType.Int32 => 4,
        _ => 8,
    };

    /// <summary>The name that safetensors headers use.</summary>
    public static string SafetensorsName(this ElementType type) => type switch
    {
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Float32 => "F32",
        ElementType.Float64 => "F64",
        ElementType.Bool => "BOOL",
        ElementType.UInt8 => "U8",
        ElementType.Int8 => "I8",
        ElementType.Int16 => "I16",
        ElementType.Int32 => "I32",
        _ => "I64",
    };

    /// <summary>The type of a safetensors name, or null for one that is not known here.</summary>
    public static ElementType? FromSafetensorsName(string? name)
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            if (string.Equals(type.SafetensorsName(), name, StringComparison.Ordinal))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The same in TorchSharp.</summary>
    public static ScalarType ToScalarType(this ElementType type) => type switch
    {
        ElementType.Float16 => ScalarType.Float16,
        ElementType.BFloat16 => ScalarType.BFloat16,
        ElementType.Float32 => ScalarType.Float32,
        ElementType.Float64 => ScalarType.Float64,
        ElementType.Bool => ScalarType.Bool,
        ElementType.UInt8 => ScalarType.Byte,
        ElementType.Int8 => ScalarType.Int8,
        ElementType.Int16 => ScalarType.Int16,
        ElementType.Int32 => ScalarType.Int32,
        _ => ScalarType.Int64,
    };

    /// <summary>The type of a TorchSharp tensor.</summary>
    /// <exception cref="NotSupportedException">Complex and quantised tensors.</exception>
    public static ElementType FromScalarType(ScalarType type)
    {
        foreach (var candidate in Enum.GetValues<ElementType>())
        {
            if (candidate.ToScalarType() == type)
            {
                return candidate;
            }
        }

        throw new NotSupportedException($"Tensors of {type} are not stored.");
    }
}
