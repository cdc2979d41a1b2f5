using SwiftNet.Live.Capture;

namespace SwiftNet.Live.Options;

/// <summary>Whether a source is treated like a camera.</summary>
internal enum LiveMode
{
    /// <summary>As the source is: cameras and the test pattern are live, files are not.</summary>
    Auto,

    /// <summary>Frames that nobody is ready for are dropped; files are played at their own rate.</summary>
    True,

    /// <summary>Every frame is kept: the source waits for the pipeline.</summary>
    False,
}

/// <summary>What RTSP carries the pictures with.</summary>
internal enum MediaTransport
{
    /// <summary>The connection that the commands go over: nothing is lost on the way.</summary>
    Tcp,

    /// <summary>Packets of their own, of which some may be lost; for servers that offer nothing else.</summary>
    Udp,

    /// <summary>Tcp, and where the camera does not have it or nothing comes, udp.</summary>
    Auto,
}

/// <summary>Where the pictures come from.</summary>
internal sealed record CaptureOptions
{
    /// <summary>A video file or folder of images (a path, <c>file:PATH</c>, <c>images:FOLDER</c>), <c>v4l2:///dev/video0?size=1280x720&amp;fps=30</c>,
    /// <c>rtsp://</c>, <c>rtsps://</c>, <c>http://</c> or <c>https://</c> (MJPEG, HLS, a JPEG picture with <c>?poll=1s</c>) with user and password where they are needed,
    /// or <c>test:moving?size=320x240&amp;fps=25&amp;frames=100</c>. Default: the test pattern, without end.</summary>
    public SourceUri Source { get; init; } = "test:moving?size=640x360&fps=25";

    /// <summary>auto, true or false; default auto.</summary>
    public LiveMode Live { get; init; }

    /// <summary>For RTSP: tcp, udp or auto (tcp, and where nothing comes of it, udp once); default tcp.</summary>
    public MediaTransport Transport { get; init; }

    /// <summary>What decodes a camera's pictures: none (the processor), auto, or a method that <c>ffmpeg -hwaccels</c> lists, such as vaapi or cuda; default none.</summary>
    public string HardwareDecoding { get; init; } = "none";

    /// <summary>What a camera gets to give its first picture, in seconds, 1 to 300; default 20. A picture group that is longer needs more.</summary>
    public double OpenSeconds { get; init; } = 20;

    /// <summary>How long pictures may stay away before a camera is connected to anew, in seconds, 0.5 to 600; default 0: twice the time between two pictures, at least 2 s.</summary>
    public double StallSeconds { get; init; }
}
