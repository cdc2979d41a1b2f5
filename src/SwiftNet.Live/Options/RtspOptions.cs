namespace SwiftNet.Live.Options;

/// <summary>The overlay as a stream to a media server.</summary>
internal sealed record RtspOptions
{
    /// <summary>Where it is pushed to, <c>rtsp://HOST:PORT/PATH</c>; nothing for no push. A user name and password in it are seen in the list of processes, since ffmpeg takes them only as an argument.</summary>
    [Secret]
    public string? Url { get; init; }
}
