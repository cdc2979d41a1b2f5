using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Recording;

/// <summary>A recording file while it is written. Pictures keep real time with a timeline, and the source's times otherwise.</summary>
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
        _encoder = FfmpegEncoder.Start(ffmpeg, EncoderTarget.FragmentedMp4(file.PartPath, frameRate), Shape, frameRate, timeline is null ? EncoderInput.TimedRaw : EncoderInput.Raw);
    }

    /// <summary>Common properties of the pictures.</summary>
    public FrameShape Shape { get; }

    /// <summary>Process id of the encoder.</summary>
    public int ChildId => _encoder.ProcessId;

    /// <summary>Duration so far.</summary>
    public TimeSpan Length => _timeline is null ? _clock.Length : TimeSpan.FromSeconds(_pictures / _frameRate);

    /// <summary>Path while the file is being written.</summary>
    public string Path => _file.PartPath;

    /// <summary>Size on disk so far, in bytes.</summary>
    public long Bytes => new FileInfo(_file.PartPath) is { Exists: true } file ? file.Length : 0;

    /// <summary>Adds a picture, and repeats the previous one over gaps.</summary>
    /// <exception cref="IOException">The encoder has exited or hangs.</exception>
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

    /// <summary>Completes the file and renames it to its final name.</summary>
    /// <exception cref="IOException">The file could not be completed; the playable part has its final name.</exception>
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

    /// <summary>Completes the file as far as possible within a few seconds, and keeps the playable part.</summary>
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
            // The file keeps its temporary name; the next start renames it.
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
