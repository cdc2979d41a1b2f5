namespace SwiftNet.Live.Options;

/// <summary>Whether frames may be dropped.</summary>
internal enum LiveMode
{
    /// <summary>By the source: cameras and the test pattern are live, files are not.</summary>
    Auto,

    /// <summary>Frames are dropped while the pipeline is busy; files are played in real time.</summary>
    True,

    /// <summary>Every frame is processed: the source waits for the pipeline.</summary>
    False,
}

/// <summary>Transport of RTSP media packets.</summary>
internal enum MediaTransport
{
    /// <summary>Interleaved in the TCP control connection: no packet loss.</summary>
    Tcp,

    /// <summary>Separate UDP packets, some of which may be lost; for servers without TCP transport.</summary>
    Udp,

    /// <summary>TCP first; UDP if the camera does not support TCP or sends nothing.</summary>
    Auto,
}

/// <summary>The video source.</summary>
internal sealed record CaptureOptions
{
    /// <summary>A video file or image folder (a path, <c>file:PATH</c>, <c>images:FOLDER</c>),
    /// <c>v4l2:///dev/video0?size=1280x720&amp;fps=30</c>,
    /// <c>rtsp://</c>, <c>rtsps://</c>, <c>http://</c> or <c>https://</c> (MJPEG, HLS, a JPEG picture with <c>?poll=1s</c>) with user and
    /// password if required,
    /// or <c>test:moving?size=320x240&amp;fps=25&amp;frames=100</c>. Default: the test pattern, unlimited.</summary>
    public SourceUri Source { get; init; } = "test:moving?size=640x360&fps=25";

    /// <summary>Whether frames may be dropped: auto, true or false; default auto.</summary>
    public LiveMode Live { get; init; }

    /// <summary>RTSP transport: tcp, udp or auto (tcp, then udp once if that fails); default tcp.</summary>
    public MediaTransport Transport { get; init; }

    /// <summary>Hardware decoding of a camera's stream: none (CPU), auto, or a method listed by <c>ffmpeg -hwaccels</c>, such as vaapi or
    /// cuda; default none.</summary>
    public string HardwareDecoding { get; init; } = "none";

    /// <summary>Time limit for a camera's first picture in seconds, 1 to 300; default 20. Must exceed the stream's key frame
    /// interval.</summary>
    public double OpenSeconds { get; init; } = 20;

    /// <summary>Time without a picture after which a camera is reconnected, in seconds, 0.5 to 600; default 0: twice the frame interval, at
    /// least 2 s.</summary>
    public double StallSeconds { get; init; }
}
