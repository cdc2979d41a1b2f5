using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Recording;

/// <summary>One file of a recording while it is written. Its pictures keep real time where there is a timeline, and the times of the source otherwise.</summary>
internal sealed class RecordingSegment : IAsyncDisposable
{
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_lastChance = TimeSpan.FromSeconds(5);
    private readonly PartFile _file;
    private readonly FfmpegEncoder _encoder;
    private readonly LiveTimeline? _timeline;
    private readonly TimeProvider _time;
    private readonly double _frameRate;
    private readonly EncoderClock _clock;
    private PooledArray<byte>? _previous;
    private long _pictures;

    /// <summary>Starts the file.</summary>
    /// <exception cref="IOException">The encoder could not be started.</exception>
    public RecordingSegment(string ffmpeg, PartFile file, Frame first, double frameRate, LiveTimeline? timeline, TimeProvider time)
    {
        (_file, Shape, _frameRate, _timeline, _time) = (file, first.Shape, frameRate, timeline, time);
        _clock = new EncoderClock(first.MediaTime, frameRate);
        _encoder = FfmpegEncoder.Start(ffmpeg, EncoderTarget.FragmentedMp4(file.PartPath, frameRate), Shape, frameRate, isTimed: timeline is null);
    }

    /// <summary>What its pictures have in common.</summary>
    public FrameShape Shape { get; }

    /// <summary>Id of the encoder's process.</summary>
    public int ChildId => _encoder.ProcessId;

    /// <summary>How long it plays so far.</summary>
    public TimeSpan Length => _timeline is null ? _clock.Length : TimeSpan.FromSeconds(_pictures / _frameRate);

    /// <summary>Where it lies while it is written.</summary>
    public string Path => _file.PartPath;

    /// <summary>Bytes on disk so far.</summary>
    public long Bytes => new FileInfo(_file.PartPath) is { Exists: true } file ? file.Length : 0;

    /// <summary>Adds a picture, and the one before it again where time has passed without any.</summary>
    /// <exception cref="IOException">The encoder has ended, or hangs.</exception>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> bgr, CancellationToken cancellation)
    {
        if (_timeline is null)
        {
            await _encoder.WriteWithinAsync(s_stall, bgr, _time, cancellation, _clock.Next(frame.MediaTime));
        }
        else if (_timeline.RepeatsBefore(frame) is { } repeats)
        {
            for (var i = 0L; i < repeats; i++)
            {
                await AddAsync(_previous!.Array, cancellation);
            }

            await AddAsync(bgr, cancellation);
            _previous ??= PooledArray<byte>.Rent(bgr.Length);
            bgr.CopyTo(_previous.Array);
        }
    }

    /// <summary>Completes the file and gives it its name.</summary>
    /// <exception cref="IOException">It could not be completed; what there is of it has its name, for it plays.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        try
        {
            await _encoder.FinishAsync(cancellation);
        }
        finally
        {
            Keep();
        }
    }

    /// <summary>Ends it as well as may be done in a few seconds, and keeps what there is.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(s_lastChance))
        {
            try
            {
                await _encoder.FinishAsync(limit.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }
        }

        await _encoder.DisposeAsync();
        _previous?.Dispose();
        _previous = null;
        try
        {
            Keep();
        }
        catch (IOException)
        {
            // It stays under its part name, and the next start finds it.
        }
    }

    private async ValueTask AddAsync(ReadOnlyMemory<byte> bgr, CancellationToken cancellation)
    {
        await _encoder.WriteWithinAsync(s_stall, bgr, _time, cancellation);
        _pictures++;
    }

    private void Keep()
    {
        if (!File.Exists(_file.PartPath))
        {
            return;
        }

        if (Bytes == 0)
        {
            _file.Discard();
        }
        else
        {
            _file.Commit();
        }
    }
}
