using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A local or network camera that reconnects after every loss: reading waits and never fails.</summary>
internal sealed class ReconnectingSource : IFrameSource
{
    // A shorter connection does not reset the backoff, so a camera that always fails soon is not contacted twice a second.
    private static readonly TimeSpan s_lasted = TimeSpan.FromSeconds(10);
    private readonly ICameraInput _input;
    private readonly CaptureOptions _options;
    private readonly TimeProvider _time;
    private readonly string _ffmpeg;
    private readonly FrameFactory _frames;
    private readonly CameraStatus _status;
    private readonly Backoff _waits;
    private readonly Backoff _refusals = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15));
    private readonly ITimer _alarm;
    private readonly Lock _gate = new();
    private CameraDecoder? _decoder;
    private StallLimit _limit;
    private FfmpegStderrParser.PictureFormat? _format;
    private int _stream;
    private long _firstAt;
    private double _frameRate = 25;
    private volatile bool _late;

    /// <summary>Prepares the source; the first read connects.</summary>
    /// <param name="input">The camera's input.</param>
    /// <param name="options">The capture options.</param>
    /// <param name="time">The clock for timeouts and waits.</param>
    /// <param name="logger">Receives status changes.</param>
    /// <param name="waits">Backoff between tries; null = 0.5 s to 30 s.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public ReconnectingSource(ICameraInput input, CaptureOptions options, TimeProvider time, ILogger logger, Backoff? waits = null)
    {
        (_input, _options, _time) = (input, options, time);
        _ffmpeg = ExecutablePath.Find("ffmpeg", user: "A camera");
        _frames = new FrameFactory(time);
        _status = new CameraStatus(input.Name, time, logger);
        _waits = waits ?? new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));
        _limit = new StallLimit(options, input.LeastStall, time);
        _alarm = time.CreateTimer(_ => GiveUp(late: true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public string Name => _input.Name;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public double FrameRate => Volatile.Read(ref _frameRate);

    /// <inheritdoc/>
    public long? FrameCount => null;

    /// <inheritdoc/>
    public SourceStatus Status => _status.Now;

    /// <summary>Process id of the current ffmpeg child; null = none.</summary>
    internal int? ChildId
    {
        get
        {
            lock (_gate)
            {
                return _decoder?.ProcessId;
            }
        }
    }

    /// <summary>Reads the next picture, reconnecting as often as necessary.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public Frame? Read(CancellationToken cancellation)
    {
        // An unresponsive camera must not keep the service from stopping.
        using var stop = cancellation.Register(() => GiveUp(late: false));
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();

            // (1) Connect if necessary, and read a picture.
            var failure = _decoder is null ? Connect(cancellation) : null;
            cancellation.ThrowIfCancellationRequested();
            if (failure is null && Next() is { } frame)
            {
                return frame;
            }

            // (2) Without a picture: find the reason and remove the child.
            cancellation.ThrowIfCancellationRequested();
            var (main, gavePictures) = (_decoder?.MainStream ?? _stream, _format is not null);
            failure ??= Why();
            Disconnect();
            if (main != _stream)
            {
                // The decoded stream was a cover picture.
                _stream = main;
                continue;
            }

            _stream = gavePictures ? _stream : 0;
            if (_input.Explain(failure, gavePictures) is not { } explained)
            {
                continue;
            }

            failure = explained;

            // (3) Wait, then start over.
            if (_format is not null && _time.GetElapsedTime(_firstAt) >= s_lasted)
            {
                _waits.Reset();
            }

            var wait = (failure.Fault == SourceFault.Authentication ? _refusals : _waits).Next();
            var over = Task.Delay(wait, _time, cancellation);
            _status.Lost(failure, wait);
            over.GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _alarm.Dispose();
        Disconnect();
        _status.Ended();
    }

    private SourceFailure? Connect(CancellationToken cancellation)
    {
        _status.Connecting();
        _format = null;
        if (_input.CheckReachable(cancellation) is { } unreachable)
        {
            return unreachable;
        }

        _limit = new StallLimit(_options, _input.LeastStall, _time);
        try
        {
            var decoder = new CameraDecoder(_ffmpeg, _options.HardwareDecoding, _input, _time, _stream);
            lock (_gate)
            {
                (_decoder, _late) = (decoder, false);
            }

            return null;
        }
        catch (IOException e)
        {
            return new SourceFailure(SourceFault.Ended, e.Message);
        }
    }

    private Frame? Next()
    {
        _alarm.Change(_limit.Next, Timeout.InfiniteTimeSpan);
        var picture = _decoder!.Read();
        _alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (picture is not var (pixels, format))
        {
            return null;
        }

        if (_decoder.MainStream != _stream)
        {
            pixels.Dispose();
            return null;
        }

        if (format != _format)
        {
            _firstAt = _format is null ? _time.GetTimestamp() : _firstAt;
            _format = format;
            Volatile.Write(ref _frameRate, format.FrameRate);
            _refusals.Reset();
            _status.Streaming(format);
        }

        _limit.Came(format.FrameRate);
        return _frames.Next(pixels, format.Width, format.Height, aspect: format.Pixel);
    }

    private SourceFailure Why() => _late
        ? new SourceFailure(
            SourceFault.Stalled,
            _format is null
                ? $"no picture within {_limit.Next.TotalSeconds:0.#} s of connecting"
                : $"no picture for {_limit.Next.TotalSeconds:0.#} s")
        : _decoder!.Why();

    private void GiveUp(bool late)
    {
        lock (_gate)
        {
            _late |= late;
            _decoder?.Kill();
        }
    }

    private void Disconnect()
    {
        CameraDecoder? gone;
        lock (_gate)
        {
            (gone, _decoder) = (_decoder, null);
        }

        gone?.Dispose();
    }
}
