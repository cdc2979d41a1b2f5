using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Why a camera failed.</summary>
/// <param name="Fault">The kind of failure, which determines the backoff.</param>
/// <param name="Reason">A description without credentials.</param>
internal sealed record SourceFailure(SourceFault Fault, string Reason)
{
    // Fragments of ffmpeg's messages: responses of the peer, or system errors. The first group with a match in any line decides.
    private static readonly (SourceFault Fault, string[] Words)[] s_signs =
    [
        (SourceFault.Authentication,
        [
            "401 Unauthorized", "403 Forbidden", "HTTP error 401", "HTTP error 403", "authorization failed", "access denied",
        ]),
        (SourceFault.NotFound, ["404 Not Found", "HTTP error 404", "410 Gone", "454 Session", "No such file", "No such device"]),
        (SourceFault.Tls, ["[tls @", "certificate", "SSL", "TLS"]),
        (SourceFault.Unreachable,
        [
            "Connection refused", "Connection timed out", "Connection reset", "No route to host", "unreachable", "Failed to resolve",
            "Name or service not known",
            "Host is down", "Network is down", "Broken pipe", "5XX Server Error", "503 ", "Device or resource busy", "HTTP error 5",
        ]),
        (SourceFault.Codec,
        [
            "Invalid data found", "matches no streams", "Could not find codec", "Unknown decoder", "Decoder not found",
            "Unrecognized hwaccel", "not implemented", "Unsupported",
        ]),
    ];

    /// <summary>Classifies ffmpeg's error messages.</summary>
    /// <param name="complaints">The unmodified lines.</param>
    /// <param name="scrub">Removes credentials from a line.</param>
    public static SourceFailure From(IReadOnlyCollection<string> complaints, Func<string, string> scrub)
    {
        var fault = s_signs.FirstOrDefault(
            sign => complaints.Any(line => sign.Words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))),
            (SourceFault.Ended, []));
        var words = complaints.Select(FfmpegStderrParser.Message).Where(message => message.Length > 0).Select(scrub).Distinct().ToArray();
        return new SourceFailure(fault.Fault, words.Length > 0 ? string.Join("; ", words) : "it ended the stream");
    }
}
