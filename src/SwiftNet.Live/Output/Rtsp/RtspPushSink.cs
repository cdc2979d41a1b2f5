using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Rtsp;

/// <summary>Publishes the overlay to a media server. An unreachable server is retried after a while; frames are refused
/// meanwhile.</summary>
internal sealed class RtspPushSink : IFrameSink
{
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(10);
    private readonly Uri _server;
    private readonly Func<double> _frameRate;
    private readonly TimeProvider _time;
    private readonly string _ffmpeg;
    private readonly RetryTime _retry;
    private readonly RetryTime _refused;
    private FfmpegEncoder? _encoder;
    private RtspRelay? _relay;
    private FrameShape _shape;
    private string _error = "";

    /// <summary>Prepares the stream; the first frame connects.</summary>
    /// <param name="url">The server's URL, rtsp or rtsps, with user name and password if required.</param>
    /// <param name="frameRate">The stream's frame rate; queried at each start.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public RtspPushSink(string url, Func<double> frameRate, TimeProvider time)
    {
        (_server, _frameRate, _time) = (new Uri(url), frameRate, time);
        _ffmpeg = ExecutablePath.Find("ffmpeg");
        _retry = RetryTime.Local(time);

        // Servers lock accounts after too many attempts.
        _refused = new RetryTime(time, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15));
    }

    /// <inheritdoc/>
    public string Name => "rtsp push";

    /// <summary>Process id of the current ffmpeg child; null = none.</summary>
    internal int? ChildId => _encoder?.ProcessId;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (_encoder is not null && _shape != frame.Shape)
        {
            await DropAsync();
        }

        if (_encoder is null && !(_retry.IsOver && _refused.IsOver))
        {
            throw new IOException(_error);
        }

        try
        {
            _encoder ??= Start(frame);
            await _encoder.WriteWithinAsync(s_stall, overlay, _time, cancellation);
        }
        catch (IOException e)
        {
            _error = _relay?.Failure ?? e.Message;
            _ = (_error.Contains("401", StringComparison.Ordinal) || _error.Contains("403", StringComparison.Ordinal)
                ? _refused
                : _retry).Failed();
            await DropAsync();
            throw new IOException(_error, e);
        }

        // ffmpeg accepts frames before the server has accepted the stream: after a failure they do not prove success.
        _error = _relay!.IsStreaming ? "" : _error;
        if (_error.Length > 0)
        {
            throw new IOException(_error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_encoder is not null)
        {
            await _encoder.FinishAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DropAsync();

    private FfmpegEncoder Start(Frame frame)
    {
        _shape = frame.Shape;
        _relay = new RtspRelay(_server);
        var rate = _frameRate();
        return FfmpegEncoder.Start(_ffmpeg, EncoderTarget.Rtsp(_relay.Address, rate), _shape, rate);
    }

    private async ValueTask DropAsync()
    {
        if (_encoder is { } encoder)
        {
            _encoder = null;
            await encoder.DisposeAsync();
        }

        if (_relay is { } relay)
        {
            _relay = null;
            await relay.DisposeAsync();
        }
    }
}
