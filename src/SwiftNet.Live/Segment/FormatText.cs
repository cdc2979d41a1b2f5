using System.Globalization;

namespace SwiftNet.Live.Segment;

/// <summary>A number format and the reason for it, as log and <c>doctor</c> show them.</summary>
internal static class FormatText
{
    /// <summary>The format, the reason, and what was measured for the choice.</summary>
    public static string Of(FormatChoice choice) => choice.Timings.Count == 0
        ? $"{choice.Format} ({choice.Reason})"
        : $"{choice.Format} ({choice.Reason}; three layers took {string.Join(", ", choice.Timings.Select(Of))})";

    private static string Of(FormatTiming timing) =>
        string.Create(CultureInfo.InvariantCulture, $"{timing.Milliseconds:0.00} ms in {timing.Format}, {timing.GigaMacs:0} GMAC/s");
}
