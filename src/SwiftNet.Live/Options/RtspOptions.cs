namespace SwiftNet.Live.Options;

/// <summary>The overlay as a stream to a media server.</summary>
internal sealed record RtspOptions
{
    /// <summary>Where it is pushed to, <c>rtsp://USER:PASSWORD@HOST:PORT/PATH</c> or rtsps; nothing for no push. User name and password may be left out.</summary>
    [Secret]
    public string? Url { get; init; }
}
