using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Chooses the number format of the convolutions, and that of memory's values.</summary>
internal static class FormatSelector
{
    // A more exact format is taken where it is hardly slower.
    private const double HardlySlower = 1.03;

    // Values in bfloat16 have to be that much faster than in float32.
    private const double MuchFaster = 0.8;

    private static readonly string[] s_mostExactFirst = ["float32", "bfloat16", "int8"];

    /// <summary>The format that <paramref name="precision"/> means on <paramref name="device"/>.</summary>
    /// <exception cref="DeviceException">The device has no such format.</exception>
    public static FormatChoice Choose(torch.Device device, Precision precision)
    {
        if (device.type == DeviceType.CUDA)
        {
            return precision switch
            {
                Precision.Auto => new FormatChoice("float16", "half precision is the format of CUDA devices", []),
                Precision.Int8 =>
                    throw new DeviceException("Precision int8 runs on a CPU alone. Use auto, float32 or bfloat16 on a CUDA device."),
                _ => Set(precision, []),
            };
        }

        return precision switch
        {
            Precision.Auto => Fastest(FormatTimer.Measure()),
            Precision.Int8 when Int8Support.LargestWeight == 0 =>
                throw new DeviceException(
                    "Precision int8 is not available: this processor or this libtorch lacks 8-bit convolutions. Use auto or float32."),
            Precision.Int8 => Set(precision, FormatTimer.Measure()),
            _ => Set(precision, []),
        };
    }

    /// <summary>The format of memory's values beside convolutions of the chosen format.</summary>
    public static torch.ScalarType ValueType(FormatChoice choice)
    {
        var timings = choice.Timings.ToDictionary(timing => timing.Format, timing => timing.Milliseconds, StringComparer.Ordinal);
        return timings.TryGetValue("bfloat16", out var half) && half < MuchFaster * timings["float32"]
            ? torch.ScalarType.BFloat16
            : torch.ScalarType.Float32;
    }

    /// <summary>The floating-point format of a name; float32 beside 8-bit convolutions.</summary>
    public static torch.ScalarType Type(string format) => format switch
    {
        "bfloat16" => torch.ScalarType.BFloat16,
        "float16" => torch.ScalarType.Float16,
        _ => torch.ScalarType.Float32,
    };

    /// <summary>The fastest of the timings, or a more exact format that is hardly slower.</summary>
    internal static FormatChoice Fastest(IReadOnlyList<FormatTiming> timings)
    {
        var best = timings[0];
        var chosen = s_mostExactFirst.First(
            format => timings.Any(t => t.Format == format && t.Milliseconds <= HardlySlower * best.Milliseconds));
        return new FormatChoice(chosen, "the fastest format measured on this processor", timings);
    }

    private static FormatChoice Set(Precision precision, FormatTiming[] timings) =>
        new(precision.ToString().ToLowerInvariant(), "set by the configuration", timings);
}
