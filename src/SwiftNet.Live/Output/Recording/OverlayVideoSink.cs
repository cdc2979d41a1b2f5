using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Recording;

/// <summary>Writes the overlay as an H.264 file: every frame at its media time, or with a <see cref="LiveTimeline"/> in real
/// time.</summary>
internal sealed class OverlayVideoSink : IFrameSink
{
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(30);
    private readonly string _ffmpeg;
    private readonly PartFile _file;
    private readonly Func<double> _frameRate;
    private readonly LiveTimeline? _timeline;
    private readonly TimeProvider _time;
    private PooledArray<byte>? _previous;
    private FfmpegEncoder? _encoder;
    private EncoderClock? _clock;
    private FrameShape _shape;

    /// <summary>Writes <paramref name="path"/>, an .mp4 with <paramref name="frameRate"/> frames per second.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frameRate">The video's frame rate; queried at the first frame, since a camera does not know it earlier.</param>
    /// <param name="timeline">For live frames, some of which are missing; null = every frame is kept.</param>
    /// <param name="searchPath">Folders to search for ffmpeg; null = PATH.</param>
    /// <param name="time">The clock for the time limit of a hanging encoder.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed, or the folder is not writable.</exception>
    public OverlayVideoSink(
        string path, Func<double> frameRate, LiveTimeline? timeline = null, string? searchPath = null, TimeProvider? time = null)
    {
        _ffmpeg = ExecutablePath.Find("ffmpeg", searchPath);
        OutputFolder.MakeFor(path);
        _file = PartFile.BesideWithExtension(path);
        _frameRate = frameRate;
        _timeline = timeline;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Name => "overlay video";

    /// <inheritdoc/>
    public bool ShowsPictures => true;

    /// <summary>Process id of the current ffmpeg child; null = none.</summary>
    internal int? ChildId => _encoder?.ProcessId;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (_encoder is null)
        {
            var rate = _frameRate();
            _shape = frame.Shape;
            _clock = new EncoderClock(TimeSpan.Zero, rate);
            _encoder = FfmpegEncoder.Start(_ffmpeg, EncoderTarget.Mp4(_file.PartPath), _shape, rate, _timeline is null ? EncoderInput.TimedRaw : EncoderInput.Raw);
        }

        if ((_shape.Width, _shape.Height) != (frame.Width, frame.Height))
        {
            throw new IOException($"frame {frame.Name} is {frame.Width}x{frame.Height}, but the video is {_shape.Width}x{_shape.Height}");
        }

        if (_timeline is null)
        {
            await _encoder.WriteWithinAsync(s_stall, overlay, _time, cancellation, _clock!.Next(frame.MediaTime));
        }
        else if (_timeline.RepeatsBefore(frame) is { } repeats)
        {
            await RepeatAsync(_encoder, repeats, cancellation);
            await _encoder.WriteWithinAsync(s_stall, overlay, _time, cancellation);
            _previous ??= PooledArray<byte>.Rent(overlay.Length);
            overlay.CopyTo(_previous.Array);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_encoder is null)
        {
            return;
        }

        await _encoder.FinishAsync(cancellation);
        _file.Commit();
        await _encoder.DisposeAsync();
        _encoder = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _previous?.Dispose();
        _previous = null;
        if (_encoder is not null)
        {
            await _encoder.DisposeAsync();
            _encoder = null;
            _file.Discard();
        }
    }

    private async ValueTask RepeatAsync(FfmpegEncoder encoder, long times, CancellationToken cancellation)
    {
        for (var i = 0L; i < times; i++)
        {
            await encoder.WriteWithinAsync(s_stall, _previous!.Array, _time, cancellation);
        }
    }
}
