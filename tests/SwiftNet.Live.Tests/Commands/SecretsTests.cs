using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>The real executable with a password everywhere where one can stand, and everything it says.</summary>
public sealed class SecretsTests
{
    private const string Token = "page-t0ken-of-the-service";
    private static readonly string[] s_secrets = ["cam/p@ss", "push+p@ss", "br0ker-pass", "h00k-pass", "h00k-t0ken-of-ours", Token];

    [Fact]
    public void No_secret_is_in_log_page_metrics_health_or_arguments_when_nothing_can_be_reached()
    {
        using var folder = new TemporaryFolder();
        var (page, nobody) = (FreePort(), FreePort());
        using var process = LiveProcess.With(
            new()
            {
                ["SWIFTNET_Web__Token"] = Token,
                ["SWIFTNET_Cameras__0__Capture__Source"] = $"rtsp://viewer:cam%2Fp%40ss@127.0.0.1:{nobody}/stream",
                ["SWIFTNET_Output__Rtsp__Url"] = $"rtsp://pusher:push%2Bp%40ss@127.0.0.1:{nobody}/live",
                ["SWIFTNET_Output__Mqtt__User"] = "service",
                ["SWIFTNET_Output__Mqtt__Password"] = "br0ker-pass",
                ["SWIFTNET_Output__Webhook__Url"] = $"http://hook:h00k-pass@127.0.0.1:{nobody}/events",
                ["SWIFTNET_Output__Webhook__Token"] = "h00k-t0ken-of-ours",
            },
            "--verbose", $"--Web:Address=http://127.0.0.1:{page}", $"--Output:Directory={folder.Root}", "--Segment:Size=96x96",
            "--Output:Mqtt:Host=127.0.0.1", $"--Output:Mqtt:Port={nobody}", "--Output:Recording:Enabled=true",
            "--Cameras:0:Name=gate", "--Cameras:1:Name=yard", "--Cameras:1:Capture:Source=test:moving?size=160x96&fps=20",
            "--Cameras:1:Objects:Polygons=64,40;96,40;96,72;64,72");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{page}"), Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);

        // Every way to the outside has failed once: camera, push, broker and webhook.
        var (status, arguments) = ("", new HashSet<string>());
        process.WaitUntil(() =>
        {
            arguments.UnionWith(process.ArgumentsOfChildren());
            return HasFailedEverywhere(status = Get(client, "/status"));
        });
        var said = new Dictionary<string, string> { ["status"] = status, ["arguments"] = string.Join('\n', arguments) };
        foreach (var address in new[] { "/", "/metrics", "/health/ready", "/health/live", "/login" })
        {
            said[address] = Get(client, address);
        }

        process.Terminate();
        (_, said["output"], said["log"]) = process.Wait();

        Assert.Contains("ffmpeg", said["arguments"], StringComparison.Ordinal);
        Assert.Contains("rtsp://127.0.0.1", said["log"], StringComparison.Ordinal);
        Assert.All(said, text => Assert.All(s_secrets, secret =>
        {
            Assert.DoesNotContain(secret, text.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), text.Value, StringComparison.OrdinalIgnoreCase);
        }));
    }

    private static bool HasFailedEverywhere(string status)
    {
        if (status.Length == 0)
        {
            return false;
        }

        var cameras = JsonElement.Parse(status).GetProperty("cameras");
        string[] ways = ["rtsp push", "mqtt", "webhook"];
        return cameras[0].GetProperty("connection").GetProperty("fault").GetString() == "unreachable"
            && cameras[1]
                .GetProperty("sinks")
                .EnumerateArray()
                .Count(
                    sink =>
                        ways.Contains(sink.GetProperty("name").GetString())
                            && sink.GetProperty("last_error").GetString() is not null) == ways.Length;
    }

    private static string Get(HttpClient client, string address)
    {
        try
        {
            Thread.Sleep(50);
            using var answer = client.GetAsync(address).GetAwaiter().GetResult();
            return answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return "";
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
