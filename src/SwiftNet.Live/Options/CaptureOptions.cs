namespace SwiftNet.Live.Options;

/// <summary>Whether a source is treated like a camera.</summary>
internal enum LiveMode
{
    /// <summary>As the source is: devices and the test pattern are live, files are not.</summary>
    Auto,

    /// <summary>Frames that nobody is ready for are dropped; files are played at their own rate.</summary>
    True,

    /// <summary>Every frame is kept: the source waits for the pipeline.</summary>
    False,
}

/// <summary>Where the pictures come from.</summary>
internal sealed record CaptureOptions
{
    /// <summary>A video file or folder of images (a path, <c>file:PATH</c>, <c>images:FOLDER</c>), <c>v4l2:///dev/video0?size=1280x720&amp;fps=30</c>,
    /// or <c>test:moving?size=320x240&amp;fps=25&amp;frames=100</c>. Default: the test pattern, without end.</summary>
    public string Source { get; init; } = "test:moving?size=640x360&fps=25";

    /// <summary>auto, true or false; default auto.</summary>
    public LiveMode Live { get; init; }
}
