using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Pushes the overlay to a media server. A server that is away is tried again after a while; meanwhile frames are refused.</summary>
internal sealed class RtspPushSink : IFrameSink
{
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(10);
    private readonly string _url;
    private readonly Func<double> _frameRate;
    private readonly TimeProvider _time;
    private readonly string _ffmpeg;
    private readonly Backoff _backoff;
    private FfmpegEncoder? _encoder;
    private (int Width, int Height) _size;
    private string _error = "";

    /// <summary>Prepares it; the first frame connects.</summary>
    /// <param name="url">The server, rtsp.</param>
    /// <param name="frameRate">The stream's rate, asked at each start.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public RtspPushSink(string url, Func<double> frameRate, TimeProvider time)
    {
        (_url, _frameRate, _time) = (url, frameRate, time);
        _ffmpeg = ExecutablePath.Find("ffmpeg");
        _backoff = Backoff.Local(time);
    }

    /// <inheritdoc/>
    public string Name => "rtsp push";

    /// <summary>Id of the running ffmpeg child; null while there is none.</summary>
    internal int? ChildId => _encoder?.ProcessId;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (_encoder is not null && _size != (frame.Width, frame.Height))
        {
            await DropAsync();
        }

        if (_encoder is null && !_backoff.IsOver)
        {
            throw new IOException(_error);
        }

        try
        {
            _size = (frame.Width, frame.Height);
            var rate = _frameRate();
            _encoder ??= FfmpegEncoder.Start(_ffmpeg, EncoderTarget.Rtsp(_url, rate), frame.Width, frame.Height, rate);
            await _encoder.WriteWithinAsync(s_stall, overlay, _time, cancellation);
        }
        catch (IOException e)
        {
            _error = e.Message;
            _backoff.Failed();
            await DropAsync();
            throw;
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

    private async ValueTask DropAsync()
    {
        if (_encoder is { } encoder)
        {
            _encoder = null;
            await encoder.DisposeAsync();
        }
    }
}
