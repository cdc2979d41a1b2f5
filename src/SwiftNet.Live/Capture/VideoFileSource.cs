using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>The pictures of a video file, each once, in order. A damaged file gives its decodable pictures and then an error; a part of a
/// transport stream does not count as damaged.</summary>
internal sealed partial class VideoFileSource : IFrameSource
{
    private readonly VideoProbe _probe;
    private readonly FfmpegDecoder _decoder;
    private readonly FrameFactory _frames;
    private readonly MediaClock _clock;
    private readonly ILogger _logger;

    /// <summary>Opens the file.</summary>
    /// <exception cref="UserErrorException">The file is missing or not a video, or ffmpeg is not installed.</exception>
    public VideoFileSource(string path, TimeProvider time, ILogger logger)
    {
        Name = path;
        _logger = logger;
        _frames = new FrameFactory(time);
        if (!File.Exists(path))
        {
            throw new UserErrorException($"The video {path} does not exist. Check the path.");
        }

        if (FileKind.IsPipe(path))
        {
            throw new UserErrorException(
                $"The video {path} is a pipe, which cannot be read twice (once for its size and once for its "
                    + "pictures). Save it as a file.");
        }

        if (FileKind.IsDevice(path))
        {
            throw new UserErrorException($"The video {path} is a device, not a file. Use v4l2:///dev/videoN for a local camera.");
        }

        // The explicit file: protocol keeps a path from being parsed as another protocol or an option.
        string[] input = ["-i", "file:" + path];
        _probe = VideoProbe.Of(input, path);
        _clock = new MediaClock(_probe.FrameRate);
        _decoder = new FfmpegDecoder(input, _probe.Stream, _probe.Width, _probe.Height);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public double FrameRate => _probe.FrameRate;

    /// <inheritdoc/>
    public long? FrameCount => _probe.FrameCount;

    /// <inheritdoc/>
    public SourceStatus Status => _frames.Status;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file is damaged or truncated, or the decoder was killed.</exception>
    public Frame? Read(CancellationToken cancellation)
    {
        var pixels = PooledArray<byte>.Rent(_probe.Width * _probe.Height * 3);
        if (_decoder.Read(pixels.Array) is { } picture)
        {
            return _frames.Next(pixels, _probe.Width, _probe.Height, _clock.Next(picture.Seconds), aspect: picture.Pixel);
        }

        pixels.Dispose();
        _frames.End();
        if (!cancellation.IsCancellationRequested)
        {
            CheckEnd();
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private void CheckEnd()
    {
        var code = _decoder.WaitForExit();
        var why = _decoder.Complaints;
        if (FfmpegDecoder.WasKilled(code))
        {
            throw new IOException($"The decoder of {Name} was killed after {_frames.Count} frames (exit code {code}).");
        }

        if (_frames.Count == 0)
        {
            throw new UserErrorException($"No picture of {Name} can be decoded: {(why.Length > 0 ? why : "the file contains none")}.");
        }

        var decoded = FrameCount is { } all ? $"{_frames.Count} of {all}" : $"{_frames.Count}";
        if (code == 0 && why.Length == 0)
        {
            if (_frames.Count < FrameCount)
            {
                Log.Fewer(_logger, Name, decoded);
            }
        }
        else if (_frames.Count >= FrameCount)
        {
            Log.Damaged(_logger, Name, why);
        }
        else if (_probe.IsStream && code == 0)
        {
            Log.CutOrJoined(_logger, Name, decoded, why);
        }
        else
        {
            throw new IOException(
                $"{Name} is damaged or truncated: {decoded} frames could be decoded "
                    + $"({(why.Length > 0 ? why : $"ffmpeg's exit code is {code}")}).");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Video} shows {Decoded} frames; its edit list hides the others, or they are missing")]
        public static partial void Fewer(ILogger logger, string video, string decoded);

        [LoggerMessage(2, LogLevel.Warning, "{Video} is damaged, but every frame could be decoded ({Why})")]
        public static partial void Damaged(ILogger logger, string video, string why);

        [LoggerMessage(
            3, LogLevel.Warning, "{Video} was cut or joined between dependent pictures; {Decoded} frames could be decoded ({Why})")]
        public static partial void CutOrJoined(ILogger logger, string video, string decoded, string why);
    }
}
