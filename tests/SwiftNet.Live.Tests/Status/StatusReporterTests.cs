using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Status;

public sealed class StatusReporterTests
{
    [Fact]
    public async Task The_page_tells_what_the_running_pipeline_does()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        using var process = new LiveProcess(
            "--Capture:Source=test:moving?size=160x96&fps=30", $"--Web:Address={address}", "--Segment:Size=96x96",
            "--Memory:Trigger=periodic", "--Objects:Polygons=64,40;96,40;96,72;64,72");
        using var client = new HttpClient();

        JsonElement status = default;
        for (var tries = 0; tries < 600 && !process.HasExited; tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            try
            {
                status = JsonElement.Parse(await client.GetStringAsync(new Uri(address + "/status"), TestContext.Current.CancellationToken))
                    .GetProperty("cameras")[0];
            }
            catch (HttpRequestException)
            {
                continue;
            }

            if (status.GetProperty("state").GetString() == "running"
                && status.GetProperty("frame").GetInt64() > 0
                && status.GetProperty("output_ms").GetProperty("median").GetDouble() > 0
                && status.GetProperty("memory").GetProperty("writes").GetInt64() > 1)
            {
                break;
            }
        }

        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
        Assert.Equal("running", status.GetProperty("state").GetString());
        Assert.Equal("test:moving", status.GetProperty("source").GetString());
        Assert.Equal("160x96", status.GetProperty("frame_size").GetString());
        Assert.Equal("96x58", status.GetProperty("network_size").GetString());
        Assert.True(status.GetProperty("frame").GetInt64() > 0);
        Assert.True(status.GetProperty("age_ms").GetProperty("median").GetDouble() > 0);
        Assert.True(status.GetProperty("output_ms").GetProperty("median").GetDouble() > 0);
        Assert.Equal("periodic", status.GetProperty("memory").GetProperty("last_reason").GetString());
        Assert.Equal(1, Assert.Single(status.GetProperty("objects").EnumerateArray()).GetProperty("id").GetInt32());
        var budget = status.GetProperty("budget");
        Assert.True(budget.GetProperty("kept").GetBoolean());
        Assert.True(budget.GetProperty("limit_ms").GetDouble() > 0);
        Assert.True(budget.GetProperty("writes_triggered").GetInt64() > 0);
        Assert.Equal("preview", Assert.Single(status.GetProperty("sinks").EnumerateArray()).GetProperty("name").GetString());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
