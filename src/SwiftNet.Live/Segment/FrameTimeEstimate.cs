namespace SwiftNet.Live.Segment;

/// <summary>
/// What a frame is expected to take, from the speed that was measured for the choice of the number format: known before the first frame.
/// </summary>
internal static class FrameTimeEstimate
{
    // Multiply-adds per pixel of the network's picture at the speed of large layers, so that layers of less speed, matching and reading
    // back are in it. From `bench --formats` at 576x320 with one and two objects: 95 to 112 thousand with one, half as many for one more.
    private const double ForFrame = 50_000;
    private const double ForObject = 50_000;

    /// <summary>Milliseconds a frame; null where no speed was measured.</summary>
    /// <param name="choice">The number format with its timings.</param>
    /// <param name="pixels">Pixels of the network's picture.</param>
    /// <param name="objects">Objects that are followed.</param>
    /// <param name="cores">Cores of the machine: decoder, drawing and encoders take about one.</param>
    public static double? Milliseconds(FormatChoice choice, int pixels, int objects, int cores)
    {
        foreach (var timing in choice.Timings)
        {
            if (timing.Format == choice.Format && timing.GigaMacs > 0)
            {
                return pixels * (ForFrame + (ForObject * objects)) / (timing.GigaMacs * 1e6) * (1 + (1.0 / cores));
            }
        }

        return null;
    }
}
