using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A camera of this machine, through ffmpeg's V4L2 input.</summary>
internal sealed class V4l2Source : IFrameSource
{
    private readonly VideoProbe _probe;
    private readonly FfmpegDecoder _decoder;
    private readonly CapturedFrames _frames;

    /// <summary>Opens <c>v4l2:///dev/videoN</c>, with <c>size</c>, <c>fps</c> and <c>format</c> (such as mjpeg) as the query.</summary>
    /// <exception cref="UserErrorException">The device is missing or refuses, or ffmpeg is not installed.</exception>
    public V4l2Source(SourceAddress address, TimeProvider time)
    {
        Name = address.Path;
        _frames = new CapturedFrames(time);
        address.AllowKeys("size", "fps", "format");
        if (!File.Exists(address.Path))
        {
            throw new UserErrorException($"The camera {address.Path} is missing; v4l2-ctl --list-devices shows what there is.");
        }

        List<string> input = ["-f", "v4l2"];
        Add("size", "-video_size");
        Add("fps", "-framerate");
        Add("format", "-input_format");
        input.AddRange(["-i", address.Path]);
        _probe = VideoProbe.Of(input, $"The camera {address.Path}");
        // Without a buffer of its own: what waits in one is stale.
        _decoder = new FfmpegDecoder(["-fflags", "nobuffer", .. input], _probe.Width, _probe.Height);

        void Add(string key, string option)
        {
            if (address[key] is { } value)
            {
                input.AddRange([option, value]);
            }
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public double FrameRate => _probe.FrameRate;

    /// <inheritdoc/>
    public long? FrameCount => null;

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellation)
    {
        var pixels = PooledArray<byte>.Rent(_probe.Width * _probe.Height * 3);
        // A camera that gives nothing must not keep the service from stopping.
        using var stop = cancellation.Register(_decoder.Kill);
        if (_decoder.Read(pixels.Array))
        {
            return _frames.Next(pixels, _probe.Width, _probe.Height);
        }

        pixels.Dispose();
        cancellation.ThrowIfCancellationRequested();
        throw new IOException($"The camera {Name} gives no more pictures. {_decoder.Complaints}".TrimEnd());
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}
