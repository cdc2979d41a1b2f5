using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Telemetry;

/// <summary>The real service with two cameras and a sink, once everything that is measured has happened: what it reports at /status and
/// /metrics.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The status of each camera.</summary>
    internal IReadOnlyList<JsonElement> Cameras { get; private set; } = [];

    /// <summary>The metrics.</summary>
    internal PrometheusText Metrics { get; private set; } = new("");

    public async ValueTask InitializeAsync()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        using var process = new LiveProcess(
            $"--Web:Address={address}", "--Segment:Size=96x96", "--Memory:Trigger=periodic", "--Output:JsonLines=true",
            $"--Output:Directory={_folder.Root}",
            "--Zones:Polygons:0=all: 0,0;1,0;1,1;0,1",
            "--Cameras:0:Name=gate", "--Cameras:0:Capture:Source=test:moving?size=160x96&fps=20",
            "--Cameras:0:Objects:Polygons=64,40;96,40;96,72;64,72",
            "--Cameras:1:Name=yard", "--Cameras:1:Output:Align=latest", "--Cameras:1:Capture:Source=test:moving?size=128x96&fps=20",
            "--Cameras:1:Objects:Polygons=50,40;80,40;80,72;50,72");
        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(1) };

        process.WaitUntil(() => Cameras.Count == 2 && Cameras.All(HasWritten) || !Look(client));
        Metrics = new PrometheusText(await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool HasWritten(JsonElement camera) =>
        camera.GetProperty("delivers").GetBoolean() && camera.GetProperty("memory").GetProperty("writes").GetInt64() > 1;

    // Always true: a look that found nothing is followed by the next one.
    private bool Look(HttpClient client)
    {
        Thread.Sleep(100);
        try
        {
            var status = client.GetStringAsync("/status", TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            Cameras = [.. JsonElement.Parse(status).GetProperty("cameras").EnumerateArray()];
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // It does not listen yet, or the machine is busy.
        }

        return true;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
