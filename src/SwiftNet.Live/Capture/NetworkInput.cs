using System.Net.Sockets;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A network camera or stream.</summary>
/// <remarks>Arguments and environment of a process are visible to others and must not contain a password. ffmpeg therefore gets the URI as
/// a concat script on standard
/// input; the script also sets the entry's options.</remarks>
internal sealed class NetworkInput(SourceUri source, CaptureOptions options, TimeProvider time) : ICameraInput
{
    // Time until a peer counts as unreachable: three TCP attempts (RFC 6298: after 1 s and 3 s) plus name resolution.
    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(5);

    // Protocols that a stream may refer to; never file, whatever a playlist contains.
    private const string Protocols = "pipe,tcp,udp,rtp,tls,http,https,httpproxy,crypto";

    // Responses of cameras that do not support the transport.
    private static readonly string[] s_otherTransport = ["461 ", "Unsupported transport", "Nonmatching transport"];
    private bool _byUdp = options.Transport == MediaTransport.Udp;
    private bool _isOtherTransport;
    private bool _readsByFfmpeg;

    /// <inheritdoc/>
    public string Name { get; } = source.ToString();

    private string[] Arguments =>
    [
        .. ComesInPieces ? (string[])["-re"] : [], "-f", "concat", "-safe", "0", "-protocol_whitelist", Protocols, "-i", "pipe:0",
    ];

    private string Script
    {
        get
        {
            // The child must exit by itself if its parent dies: no data for twice the time to open.
            var silence = (long)(2 * Math.Max(options.OpenSeconds, options.StallSeconds) * 1e6);
            string[] entry = IsRtsp
                ? [$"option rtsp_transport {(_byUdp ? "udp" : "tcp")}", "option allowed_media_types video", $"option timeout {silence}"]
                : [$"option rw_timeout {silence}"];
            return string.Join(
                '\n', ["ffconcat version 1.0", $"file '{source.Reveal().Replace("'", @"'\''", StringComparison.Ordinal)}'", .. entry, ""]);
        }
    }

    /// <inheritdoc/>
    public TimeSpan LeastStall =>
        TimeSpan.FromSeconds(ComesInPieces ? options.OpenSeconds : Math.Max(2, 2 * (source.PollInterval?.TotalSeconds ?? 0)));

    private bool IsRtsp => Name.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase);

    // HLS delivers several seconds of pictures at once, which are played at their own rate.
    private bool ComesInPieces => source.Path.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public SourceFailure? CheckReachable(CancellationToken cancellation)
    {
        var (host, port) = source.Peer;
        if (!IsRtsp && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("http_proxy")))
        {
            return null;
        }

        using var late = new CancellationTokenSource(s_connectTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var client = new TcpClient();
            client.ConnectAsync(host, port, either.Token).AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (SocketException e)
        {
            return new SourceFailure(SourceFault.Unreachable, e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SourceFailure(SourceFault.Unreachable, $"no connection within {s_connectTime.TotalSeconds} s");
        }
    }

    /// <inheritdoc/>
    public CameraFeed Feed() =>
        IsRtsp || ComesInPieces || _readsByFfmpeg ? CameraFeed.Of(Arguments, Script) : new HttpPictures(source, options, time);

    /// <inheritdoc/>
    public SourceFailure? Explain(SourceFailure failure, bool gavePictures)
    {
        if (!IsRtsp)
        {
            // Not JPEG pictures: let ffmpeg request the stream itself.
            var asksFfmpeg = failure == HttpPictures.NoPictures && source.PollInterval is null;
            _readsByFfmpeg = asksFfmpeg || (_readsByFfmpeg && gavePictures);
            return asksFfmpeg ? null : failure;
        }

        if (gavePictures)
        {
            _isOtherTransport = false;
            return failure;
        }

        var isRefused = s_otherTransport.Any(words => failure.Reason.Contains(words, StringComparison.OrdinalIgnoreCase));
        if (options.Transport == MediaTransport.Auto)
        {
            // Try the other transport once, immediately; then start over after a wait.
            var triesOther = !_isOtherTransport && (isRefused || failure.Fault == SourceFault.Stalled);
            _byUdp = triesOther;
            _isOtherTransport = triesOther;
            return triesOther ? null : failure;
        }

        return isRefused
            ? failure with
            {
                Reason = $"{failure.Reason}; it does not send over {(_byUdp ? "UDP" : "TCP")}: "
                    + $"set Capture:Transport={(_byUdp ? "tcp" : "udp")} or auto",
            }
            : failure;
    }

    /// <inheritdoc/>
    public string Scrub(string line) => source.Scrub(line);
}
