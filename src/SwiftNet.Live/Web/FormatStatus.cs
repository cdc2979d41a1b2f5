namespace SwiftNet.Live.Web;

/// <summary>The number format of the network's convolutions, as <c>/status</c> shows it.</summary>
/// <param name="Name"><c>float32</c>, <c>bfloat16</c>, <c>float16</c> or <c>int8</c>.</param>
/// <param name="Reason">Why it was chosen.</param>
/// <param name="MeasuredMs">Milliseconds that a few of the network's layers took in each format at start, the fastest first; empty where nothing was measured.</param>
internal sealed record FormatStatus(string Name, string Reason, IReadOnlyDictionary<string, double> MeasuredMs)
{
    /// <summary>The status of a choice.</summary>
    public static FormatStatus Of(FormatChoice choice) =>
        new(choice.Format, choice.Reason, choice.Timings.ToDictionary(timing => timing.Format, timing => timing.Milliseconds, StringComparer.Ordinal));
}
