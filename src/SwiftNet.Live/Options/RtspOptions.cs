namespace SwiftNet.Live.Options;

/// <summary>The overlay as an RTSP stream to a media server.</summary>
internal sealed record RtspOptions
{
    /// <summary>The URL to publish to, <c>rtsp://USER:PASSWORD@HOST:PORT/PATH</c> or rtsps, with optional user and password; empty = no
    /// stream.</summary>
    [Secret]
    public string? Url { get; init; }
}
