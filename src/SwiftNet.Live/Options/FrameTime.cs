using System.Globalization;

namespace SwiftNet.Live.Options;

/// <summary>What a frame's whole work may take; <c>auto</c>, which the camera and the measured speed decide, is 0.</summary>
/// <param name="Milliseconds">Milliseconds, or 0.</param>
internal readonly record struct FrameTime(double Milliseconds)
{
    // A picture is not made smaller for more frames a second than this: objects move little between two frames then.
    private const double MostFramesPerSecond = 30;
    private const double UsualFramesPerSecond = 25;

    /// <summary>The time between two frames of the camera, or more where the measured speed does not allow it.</summary>
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

    /// <summary>
    /// Milliseconds within which a camera's frames are not too slow: as set, or with auto the time between two of its frames; of a camera
    /// that gives more than 30 a second, a thirtieth of a second.
    /// </summary>
    /// <param name="framesPerSecond">The camera's rate; 0 where it is unknown, which counts as 25.</param>
    public double Pace(double framesPerSecond) =>
        this != Auto ? Milliseconds : 1000 / Math.Min(framesPerSecond > 0 ? framesPerSecond : UsualFramesPerSecond, MostFramesPerSecond);

    /// <inheritdoc/>
    public override string ToString() => this == Auto ? "auto" : $"{Milliseconds} ms";
}
