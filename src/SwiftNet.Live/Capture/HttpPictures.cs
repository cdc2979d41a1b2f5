using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Security;
using System.Text;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A connection to an HTTP camera that sends JPEG pictures: as a multipart stream of any dialect, or one per request. The pictures
/// are passed to ffmpeg.</summary>
internal sealed class HttpPictures : CameraFeed
{
    /// <summary>The response is not a stream of JPEG pictures; ffmpeg may recognise another format.</summary>
    public static readonly SourceFailure NoPictures = new(SourceFault.Codec, "it sends no JPEG pictures");

    private static readonly string[] s_pictureTypes = ["image/jpeg", "image/jpg", "image/pjpeg", "image/x-jpeg"];
    private static readonly string[] s_vagueTypes =
    [
        "", "text/plain", "text/html", "application/octet-stream", "video/x-motion-jpeg", "video/x-mjpeg", "video/mjpeg",
    ];
    private readonly SourceUri _source;
    private readonly CaptureOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;

    /// <summary>Prepares the connection; no request is sent yet.</summary>
    [SuppressMessage(
        "Security",
        "CA5359",
        Justification = "Cameras sign their certificates themselves; ffmpeg does not check them either, and the documentation says so.")]
    public HttpPictures(SourceUri source, CaptureOptions options, TimeProvider time)
    {
        (_source, _options, _time) = (source, options, time);
        _client = new HttpClient(new SocketsHttpHandler
        {
            Credentials = source.RevealCredentials(),
            PreAuthenticate = true,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("swiftnet-live");
    }

    /// <inheritdoc/>
    /// <remarks>Each picture carries its length, so none has to wait for the next one's boundary.</remarks>
    public override IReadOnlyList<string> Arguments =>
    [
        .. _source.PollInterval is { } interval
            ? (string[])["-r", (1 / interval.TotalSeconds).ToString("0.######", CultureInfo.InvariantCulture)]
            : [],
        "-probesize", "32", "-analyzeduration", "0", "-f", "mpjpeg", "-i", "pipe:0",
    ];

    /// <inheritdoc/>
    public override SourceFailure? Send(Stream to)
    {
        try
        {
            return (_source.PollInterval is { } interval ? PollAsync(to, interval) : StreamAsync(to)).GetAwaiter().GetResult();
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.InvalidResponse
                ? NoPictures
                : SourceFailure.From([e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message], _source.Scrub);
        }
        catch (IOException e)
        {
            return SourceFailure.From([e.Message], _source.Scrub);
        }
        catch (OperationCanceledException)
        {
            // The source is stopping, ffmpeg has exited, or no response came in time, which is reported as a stall.
            return null;
        }
    }

    /// <inheritdoc/>
    public override void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
        base.Dispose();
    }

    private async Task<SourceFailure?> StreamAsync(Stream to)
    {
        using var answer = await AskAsync(_stop.Token);
        if (FailureOf(answer) is { } failure)
        {
            return failure;
        }

        var type = answer.Content.Headers.TryGetValues("Content-Type", out var values)
            ? values.First().Split(';')[0].Trim().ToLowerInvariant()
            : "";
        var reader = new JpegReader(await answer.Content.ReadAsStreamAsync(_stop.Token));
        var isPicture = s_pictureTypes.Contains(type);
        if (!isPicture
            && !type.StartsWith("multipart/", StringComparison.Ordinal)
            && !(s_vagueTypes.Contains(type) && await reader.BeginsLikePicturesAsync(_stop.Token)))
        {
            return NoPictures;
        }

        // If the response may be a single picture, hold the first one until another follows.
        var held = isPicture ? (await reader.NextAsync(_stop.Token))?.ToArray() : null;
        var count = held is null ? 0 : 1;
        while (await reader.NextAsync(_stop.Token) is { } picture)
        {
            if (held is not null)
            {
                await WriteAsync(to, held);
                held = null;
            }

            await WriteAsync(to, picture);
            count++;
        }

        return count switch
        {
            0 => NoPictures,
            1 => new SourceFailure(
                SourceFault.Ended, "a single picture, not a stream; add poll=1s to the query of Capture:Source to request it every second"),
            _ => null,
        };
    }

    private async Task<SourceFailure?> PollAsync(Stream to, TimeSpan interval)
    {
        for (var due = _time.GetTimestamp(); ; due += (long)(interval.TotalSeconds * _time.TimestampFrequency))
        {
            using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.OpenSeconds), _time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token))
            using (var answer = await AskAsync(either.Token))
            {
                if (FailureOf(answer) is { } failure)
                {
                    return failure;
                }

                var reader = new JpegReader(await answer.Content.ReadAsStreamAsync(either.Token));
                if (await reader.NextAsync(either.Token) is not { } picture)
                {
                    return NoPictures;
                }

                await WriteAsync(to, picture);
            }

            // Do not catch up on a request that took longer than the interval.
            var now = _time.GetTimestamp();
            due = Math.Max(due, now - (long)(interval.TotalSeconds * _time.TimestampFrequency));
            var wait = interval - _time.GetElapsedTime(due, now);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, _stop.Token);
        }
    }

    private Task<HttpResponseMessage> AskAsync(CancellationToken cancellation) =>
        _client.GetAsync(_source.RevealRequest(), HttpCompletionOption.ResponseHeadersRead, cancellation);

    private static SourceFailure? FailureOf(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? null
        : SourceFailure.From(
            [$"HTTP error {(int)answer.StatusCode} {(answer.ReasonPhrase is { Length: > 0 } phrase ? phrase : answer.StatusCode)}"],
            static line => line);

    private async Task WriteAsync(Stream to, ReadOnlyMemory<byte> picture)
    {
        try
        {
            await to.WriteAsync(
                Encoding.ASCII.GetBytes($"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Length}\r\n\r\n"), _stop.Token);
            await to.WriteAsync(picture, _stop.Token);
            await to.WriteAsync("\r\n"u8.ToArray(), _stop.Token);
            await to.FlushAsync(_stop.Token);
        }
        catch (IOException e)
        {
            throw new OperationCanceledException("ffmpeg has exited", e);
        }
    }
}
