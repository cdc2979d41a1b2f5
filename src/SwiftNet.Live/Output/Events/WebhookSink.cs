using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>Posts each event as JSON, in order. Temporary failures are retried up to ten times; refused events are not.</summary>
internal sealed class WebhookSink : IFrameSink
{
    private const int MaxAttempts = 10;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly ObjectEventDetector _watch;
    private readonly string _camera;
    private readonly TimeProvider _time;
    private readonly CameraLease _lease;
    private readonly SinkReport _report;
    private readonly Outbox<byte[]> _outbox;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;

    /// <summary>Prepares the webhook; the first event opens the connection.</summary>
    /// <param name="options">The webhook options; the URL is set.</param>
    /// <param name="events">Thresholds of object events.</param>
    /// <param name="camera">The camera's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives failures.</param>
    /// <param name="lease">The lease for publishing; null = always valid.</param>
    public WebhookSink(
        WebhookOptions options, EventsOptions events, string camera, TimeProvider time, ILogger logger, CameraLease? lease = null)
    {
        (_camera, _time, _lease) = (camera, time, lease ?? CameraLease.Alone);
        var given = new Uri(options.Url!);
        _address = new UriBuilder(given) { UserName = "", Password = "" }.Uri;
        _authorization = !string.IsNullOrEmpty(options.Token) ? new AuthenticationHeaderValue("Bearer", options.Token)
            : given.UserInfo.Length > 0
                ? new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(given.UserInfo))))
            : null;

        // No redirects, which would send events and token to another host. Host names are resolved again every few minutes.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = s_timeout,
        };
        _watch = new ObjectEventDetector(events, time);
        _report = new SinkReport(new SinkCounters("webhook"), time, logger);
        _outbox = new Outbox<byte[]>(OwnCounters);
        _worker = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public string Name => OwnCounters.Name;

    /// <inheritdoc/>
    public SinkCounters OwnCounters => _report.Counters;

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        foreach (var happened in _watch.Observe(frame))
        {
            _outbox.Put(EventJson.Write(_camera, happened, _lease.Epoch));
        }

        for (var i = 0; i < frame.ZoneEvents.Count; i++)
        {
            _outbox.Put(ZoneEventJson.Write(_camera, frame.ZoneEvents[i], frame, _lease.Epoch));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _outbox.Close();
        try
        {
            await _worker.WaitAsync(s_grace, _time, cancellation);
        }
        catch (TimeoutException)
        {
            await StopAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _outbox.Close();
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _worker;
        _report.Abandoned(_outbox.Abandon());
    }

    private async Task WorkAsync()
    {
        try
        {
            do
            {
                while (_outbox.Peek() is { } message)
                {
                    await DeliverAsync(message);
                    _outbox.Sent();
                }
            }
            while (await _outbox.WaitAsync().WaitAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task DeliverAsync(byte[] message)
    {
        var waits = new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));
        for (var attempt = 1; ; attempt++)
        {
            var (error, again) = _lease.Holds ? await PostAsync(message) : (CameraLease.RanOut, false);
            if (error is null)
            {
                _report.Took();
                return;
            }

            if (!again || attempt == MaxAttempts)
            {
                _report.Refused(error);
                return;
            }

            _report.Fails(error);
            await Task.Delay(waits.Next(), _time, _stop.Token);
        }
    }

    private async Task<(string? Error, bool Again)> PostAsync(byte[] message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(message) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = _authorization;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            return response.IsSuccessStatusCode
                ? (null, false)
                : ($"{_address.Host} answered {(int)response.StatusCode}",
                    response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                        or >= HttpStatusCode.InternalServerError);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ($"{_address.Host}: {e.Message}", true);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return ($"{_address.Host} did not respond within {s_timeout.TotalSeconds:0} s", true);
        }
    }
}
