using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Why a camera was lost or cannot be had.</summary>
/// <param name="Fault">The kind, which decides when it is tried again.</param>
/// <param name="Reason">The same in words, without credentials.</param>
internal sealed record SourceFailure(SourceFault Fault, string Reason)
{
    // ffmpeg's words, which name the answer of the peer or the system's error; the first group that has one of them in any line decides.
    private static readonly (SourceFault Fault, string[] Words)[] s_signs =
    [
        (SourceFault.Authentication, ["401 Unauthorized", "403 Forbidden", "HTTP error 401", "HTTP error 403", "authorization failed", "access denied"]),
        (SourceFault.NotFound, ["404 Not Found", "HTTP error 404", "410 Gone", "454 Session", "No such file", "No such device"]),
        (SourceFault.Tls, ["[tls @", "certificate", "SSL", "TLS"]),
        (SourceFault.Unreachable,
        [
            "Connection refused", "Connection timed out", "Connection reset", "No route to host", "unreachable", "Failed to resolve", "Name or service not known",
            "Host is down", "Network is down", "Broken pipe", "5XX Server Error", "503 ", "Device or resource busy", "HTTP error 5",
        ]),
        (SourceFault.Codec, ["Invalid data found", "matches no streams", "Could not find codec", "Unknown decoder", "Decoder not found", "Unrecognized hwaccel", "not implemented", "Unsupported"]),
    ];

    /// <summary>What ffmpeg's complaints mean.</summary>
    /// <param name="complaints">Its lines as they are.</param>
    /// <param name="scrub">Takes credentials out of a line.</param>
    public static SourceFailure From(IReadOnlyCollection<string> complaints, Func<string, string> scrub)
    {
        var fault = s_signs.FirstOrDefault(sign => complaints.Any(line => sign.Words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))), (SourceFault.Ended, []));
        var words = complaints.Select(DecoderWords.Message).Where(message => message.Length > 0).Select(scrub).Distinct().ToArray();
        return new SourceFailure(fault.Fault, words.Length > 0 ? string.Join("; ", words) : "it ended the stream");
    }
}
