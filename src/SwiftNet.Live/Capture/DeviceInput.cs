using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A local camera, read through ffmpeg's V4L2 input.</summary>
internal sealed class DeviceInput : ICameraInput
{
    private readonly string[] _arguments;

    /// <summary>Parses <c>v4l2:///dev/videoN</c> with the query keys <c>size</c>, <c>fps</c> and <c>format</c> (such as mjpeg).</summary>
    /// <exception cref="UserErrorException">The query contains other keys.</exception>
    public DeviceInput(SourceAddress address)
    {
        address.AllowKeys("size", "fps", "format");
        Name = address.Path;
        _arguments =
        [
            "-f", "v4l2", .. Option("size", "-video_size"), .. Option("fps", "-framerate"), .. Option("format", "-input_format"), "-i",
            address.Path,
        ];

        string[] Option(string key, string option) => address[key] is { } value ? [option, value] : [];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan LeastStall => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public SourceFailure? CheckReachable(CancellationToken cancellation) =>
        File.Exists(Name)
            ? null
            : new SourceFailure(SourceFault.NotFound, "the device does not exist; v4l2-ctl --list-devices lists available devices");

    /// <inheritdoc/>
    public CameraFeed Feed() => CameraFeed.Of(_arguments, "");

    /// <inheritdoc/>
    public SourceFailure? Explain(SourceFailure failure, bool gavePictures) => failure;

    /// <inheritdoc/>
    public string Scrub(string line) => line;
}
