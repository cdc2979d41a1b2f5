namespace SwiftNet.Live.Status;

/// <summary>The number format of the network's convolutions, as <c>/status</c> shows it.</summary>
/// <param name="Name"><c>float32</c>, <c>bfloat16</c>, <c>float16</c> or <c>int8</c>.</param>
/// <param name="Reason">Why the format was chosen.</param>
/// <param name="MeasuredMs">Duration of the layers measured at start in each format, in milliseconds, fastest first; empty if not
/// measured.</param>
internal sealed record FormatStatus(string Name, string Reason, IReadOnlyDictionary<string, double> MeasuredMs)
{
    /// <summary>Converts a choice of format.</summary>
    public static FormatStatus Of(FormatChoice choice) =>
        new(
            choice.Format,
            choice.Reason,
            choice.Timings.ToDictionary(timing => timing.Format, timing => timing.Milliseconds, StringComparer.Ordinal));
}
