using System.Globalization;

namespace SwiftNet.Live.Options;

/// <summary>Processing time allowed per frame; <c>auto</c> is 0 and depends on the camera and the measured speed.</summary>
/// <param name="Milliseconds">Milliseconds; 0 = auto.</param>
internal readonly record struct FrameTime(double Milliseconds)
{
    // A higher frame rate does not reduce the input size further: objects move little between such frames.
    private const double MostFramesPerSecond = 30;
    private const double UsualFramesPerSecond = 25;

    /// <summary>The camera's frame interval, or longer if the measured speed requires it.</summary>
    public static FrameTime Auto => default;

    /// <summary>Parses milliseconds or <c>auto</c>.</summary>
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

    /// <summary>
    /// Time limit per frame in milliseconds: as configured, or with auto the camera's frame interval, but at least a
    /// thirtieth of a second.
    /// </summary>
    /// <param name="framesPerSecond">The camera's frame rate; 0 = unknown, which counts as 25.</param>
    public double Pace(double framesPerSecond) =>
        this != Auto ? Milliseconds : 1000 / Math.Min(framesPerSecond > 0 ? framesPerSecond : UsualFramesPerSecond, MostFramesPerSecond);

    /// <inheritdoc/>
    public override string ToString() => this == Auto ? "auto" : $"{Milliseconds} ms";
}
