using System.Globalization;

namespace SwiftNet.Live.Options;

/// <summary>What a frame's whole work may take; <c>auto</c>, which the device decides, is 0.</summary>
/// <param name="Milliseconds">Milliseconds, or 0.</param>
internal readonly record struct FrameTime(double Milliseconds)
{
    // The published network runs at 70 frames a second on a GPU; 25 frames a second is what a plain camera gives.
    private const double OnCuda = 14;
    private const double OnCpu = 40;

    /// <summary>The device's own: 14 ms on CUDA, 40 ms on a CPU.</summary>
    public static FrameTime Auto => default;

    /// <summary>Reads milliseconds or <c>auto</c>.</summary>
    public static bool TryParse(string text, out FrameTime time)
    {
        time = Auto;
        if (text.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var parsed = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds);
        time = new FrameTime(milliseconds);
        return parsed && milliseconds > 0;
    }

    /// <summary>Milliseconds on a device, <c>cpu</c> or <c>cuda:N</c>.</summary>
    public double On(string device) => this != Auto ? Milliseconds : device.StartsWith("cuda", StringComparison.Ordinal) ? OnCuda : OnCpu;

    /// <inheritdoc/>
    public override string ToString() => this == Auto ? "auto" : $"{Milliseconds} ms";
}
