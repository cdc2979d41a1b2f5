using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Control.Api;

/// <summary>What happens to objects, as server-sent events: first the list of each camera, then every change.</summary>
internal static class EventEndpoint
{
    private const int MaxListeners = 16;
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(15);

    /// <summary>Maps it.</summary>
    public static void MapEvents(
        this IEndpointRouteBuilder api,
        ControlledCameras cameras,
        ObjectEventBroadcaster objectEvents,
        TimeProvider time,
        CancellationToken stopping)
    {
        var listeners = 0;
        api.MapGet("/events", async (HttpContext http, string? camera) =>
        {
            CameraControl[] told = string.IsNullOrEmpty(camera) ? [.. cameras.All] : [cameras.Get(camera)];
            if (http.IsHead())
            {
                http.Response.ContentType = "text/event-stream";
                return;
            }

            try
            {
                if (Interlocked.Increment(ref listeners) > MaxListeners)
                {
                    throw new ControlRefusedException(Refusal.Busy, $"{MaxListeners} listen already.");
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
                await SendAsync(http.Response, told, string.IsNullOrEmpty(camera) ? null : camera, objectEvents, time, either.Token);
            }
            finally
            {
                Interlocked.Decrement(ref listeners);
            }
        })
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .Fails(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Changes of the objects as they happen: `objects` is a whole list, sent first; `object` describes one that was "
                + "added, changed or removed, or whose state is another; `zone` reports what an object did at a zone or line")
            .DisableRequestTimeout();
    }

    private static async Task SendAsync(
        HttpResponse response,
        CameraControl[] cameras,
        string? only,
        ObjectEventBroadcaster objectEvents,
        TimeProvider time,
        CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        var listener = objectEvents.Subscribe();
        try
        {
            // Listening began before the lists were read, so nothing is missed between.
            foreach (var camera in cameras)
            {
                var list = camera.Table.Current;
                await WriteAsync(
                    response,
                    new ObjectChangeEvent(camera.Name, list.Revision, "objects", null, list.Objects, time.GetUtcNow()),
                    cancellation);
            }

            await response.Body.FlushAsync(cancellation);
            while (await ComesAsync(listener, response, time, cancellation))
            {
                while (listener.Reader.TryRead(out var happened))
                {
                    if (only is null || happened.Camera == only)
                    {
                        await WriteAsync(response, happened, cancellation);
                    }
                }

                await response.Body.FlushAsync(cancellation);
            }
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The listener left, or we stop.
        }
        finally
        {
            objectEvents.Unsubscribe(listener);
        }
    }

    // False when nothing more will come: the listener was too slow. While nothing happens a comment shows both ends that the other is
    // there.
    private static async Task<bool> ComesAsync(
        Channel<ObjectChangeEvent> listener, HttpResponse response, TimeProvider time, CancellationToken cancellation)
    {
        var comes = listener.Reader.WaitToReadAsync(cancellation).AsTask();
        while (true)
        {
            try
            {
                return await comes.WaitAsync(s_quiet, time, cancellation);
            }
            catch (TimeoutException)
            {
                await response.Body.WriteAsync(": nothing new\n\n"u8.ToArray(), cancellation);
                await response.Body.FlushAsync(cancellation);
            }
        }
    }

    private static async Task WriteAsync(HttpResponse response, ObjectChangeEvent change, CancellationToken cancellation)
    {
        var kind = change switch
        {
            { Zone: not null } => "event: zone\ndata: "u8,
            { Objects: not null } => "event: objects\ndata: "u8,
            _ => "event: object\ndata: "u8,
        };
        await response.Body.WriteAsync(kind.ToArray(), cancellation);
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(change, ControlJson.Default.ObjectChangeEvent), cancellation);
        await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellation);
    }
}
