using System.Text;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Status;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

/// <summary>Whatever a stranger sends, the answer is never 500, the log holds no stack trace, and the service goes on.</summary>
public sealed class HostileRequestsTests
{
    // The body ends too early.
    private const string CutOff = "X-Cut-Off: 1\r\n";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";

    private static readonly string[] s_paths =
    [
        "/", "/login", "/logout", "/status", "/stream.mjpg", "/stream.mjpg?camera=%00", "/stream.mjpg?camera=%FF%FE", "/health/live",
        "/health/ready", "/metrics", "/openapi/v1.json", "/openapi/%00.json", "/page/app.js", "/page/..%2f..%2fetc%2fpasswd",
        "/api", "/api/events?camera=%F0%28", "/api/cameras", "/api/cameras/camera/objects", "/api/cameras/camera/objects?preview=maybe",
        "/api/cameras/camera/objects/1", "/api/cameras/camera/objects/1?x[]=%", "/api/cameras/camera/objects/1/corrections?preview=",
        "/api/cameras/%00/objects", "/api/cameras/%2e%2e/objects", "/api/cameras/camera/memory",
        "/api/cameras/camera/snapshot.jpg?frame=1e99", "/api/cameras/camera/snapshot.jpg?frame=99999999999999999999",
        "/api/cameras/camera/snapshot.jpg?frame=-9223372036854775808", "//", "/%", "/%zz", "/%e0%80%af",
    ];

    private static readonly string[] s_headers =
    [
        "", "If-Match: \"99999999999999999999\"\r\n", "If-Match: \r\n", "If-None-Match: \"\"\"\r\n", "Accept: */*;q=a, text/plain;;;=\r\n",
        "Accept: application/openmetrics-text;version=1e9\r\n", "Cookie: =;;\"=\u00ff; swiftnet-live-1\r\n",
        "Authorization: Bearer \u00fe\r\n",
        "Authorization: Bearer\r\nAuthorization: Bearer x\r\n", "Origin: \u00ff\r\n", "Origin: http://[::1\r\n", "Sec-Fetch-Site: \r\n",
        "X-Forwarded-For: not an address, 1.2.3\r\nX-Forwarded-Host: \u00fe[\r\nX-Forwarded-Proto: "
            + "gopher\r\nX-Forwarded-Prefix: no slash\r\n",
        "Range: bytes=5-1\r\n",
        "Expect: 200-maybe\r\n", "Transfer-Encoding: gzip\r\n", "Connection: upgrade\r\nUpgrade: websocket\r\n", "Content-Type: ;;;\r\n",
        "Content-Type: application/json; charset=nonsense\r\n",
    ];

    private static readonly string[] s_bodies =
    [
        "", "null", "[]", "{", "{}", "\u00ff\u00fe", "{\"prompt\":", "{\"frame\":1e400}",
        "{\"prompt\":{\"box\":[1e308,1e308,1e308,1e308]}}", "{\"prompt\":{\"box\":[]}}", "{\"prompt\":{\"box\":[null]}}",
        "{\"prompt\":{\"points\":[null]}}", "{\"prompt\":{\"points\":[{}]}}", "{\"prompt\":{\"polygon\":[null,[1],[1,2,3]]}}",
        "{\"prompt\":{\"polygon\":[[1e300,-1e300],[5,5],[9,1]]}}", "{\"prompt\":{\"mask_rle\":{}}}",
        "{\"prompt\":{\"mask_rle\":{\"size\":null,\"counts\":null}}}", "{\"prompt\":{\"mask_rle\":{\"size\":[-1,-1],\"counts\":\"\"}}}",
        "{\"prompt\":{\"mask_rle\":{\"size\":[240,320],\"counts\":\"\\u0000\"}}}",
        "{\"prompt\":{\"mask_rle\":{\"size\":[2147483647,2147483647],\"counts\":\"0\"}}}", "{\"prompt\":{\"mask_png\":\"iVBORw0KGgo=\"}}", "{\"prompt\":{\"mask_png\":\"\"}}", "{\"name\":\"\\ud800\",\"prompt\":{\"box\":[10,10,50,50]}}", "{\"colour\":\"#gggggg\"}", "{\"paused\":\"yes\"}", "{\"box\":null}", "token=%zz%00&token=&&=", new('[', 5000), new(
            'x',
            20_000),
    ];

    private static readonly string[] s_types =
    [
        "application/json", "application/octet-stream", Form, Multipart, "multipart/form-data", "text/plain",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse battery staple")]
    public async Task No_request_gives_a_500_or_a_stack_trace(string? token)
    {
        using var folder = new TemporaryFolder();
        var server = new Uri($"http://127.0.0.1:{Broker.FreePort()}");
        using var service = new LiveProcess([
            "--Capture:Source=test:moving?size=160x120&fps=10", "--Segment:Size=64x48", $"--Web:Address={server.OriginalString}",
            $"--Output:Directory={folder.Root}", "--Web:TrustedProxies:0=127.0.0.1",
            .. token is null ? (string[])[] : [$"--Web:Token={token}"]]);
        service.WaitToSay("Capturing");

        var random = new Random(7);
        string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];
        var requests = s_paths.SelectMany(path => methods.Select(method => (method, path)))
            .SelectMany(call => Enumerable.Range(0, call.method is "GET" or "POST" ? 6 : 2).Select(_ => call))
            .Select(
                call =>
                    Request(
                        call.method,
                        call.path,
                        random,
                        token is not null && random.Next(2) == 0 ? $"Authorization: Bearer {token}\r\n" : ""));
        await Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation },
            async (request, _) => await AskAsync(server, request));
        Fine(service);

        // The service goes on as before.
        using var http = new HttpClient { BaseAddress = server };
        Assert.Equal("live\n", await http.GetStringAsync("/health/live", Cancellation));
    }

    [Fact]
    public async Task A_login_that_is_malformed_oversized_cut_off_reset_or_slow_is_refused_in_one_word()
    {
        var log = new LogLines(LogLevel.Information);
        await using var preview = new MjpegPreview();
        await using var server = new StatusServer(
            new WebOptions { Address = "http://127.0.0.1:0", Token = "correct horse battery staple" },
            [new CameraView("gate", new StatusBoard(), preview)],
            new LogFactory(log));
        await server.StartAsync(Cancellation);
        (string Type, string Head, string Body, int[] Expected)[] logins =
        [
            (Form, "Content-Length: 5\r\n", "token", [401]),
            (Form, "Content-Length: 0\r\n", "", [401]),
            (Form, "Content-Length: 20000\r\n", new('x', 20_000), [413, 0]),
            (Form, "Transfer-Encoding: chunked\r\n", "zz\r\nnonsense\r\n", [400]),
            (Form, "Transfer-Encoding: chunked\r\n", "5000\r\n" + new string('x', 0x5000) + "\r\n0\r\n\r\n", [413, 0]),
            (Form, "Content-Length: -1\r\n", "", [400]),
            (Form + "; charset=nonsense", "Content-Length: 5\r\n", "token", [401]),
            (Form, "Content-Length: 4500\r\n", string.Concat(Enumerable.Repeat("a=&", 1500)), [401]),
            ("multipart/form-data", "Content-Length: 2\r\n", "--", [401]),
            (Multipart, "Content-Length: 3\r\n", "--x", [401]),
            (Multipart, "Content-Length: 9\r\n", "no bounds", [401]),
            ($"multipart/form-data; boundary={new string('b', 500)}", "Content-Length: 2\r\n", "--", [401]),
            ("application/json", "Content-Length: 2\r\n", "{}", [401]),
            ("", "", "", [401, 411]),
        ];
        foreach (var (type, head, body, expected) in logins)
        {
            var status = await RawClient.AskAsync(
                server.Address,
                $"POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\n{head}\r\n{body}");
            Assert.True(expected.Contains(status), $"{status} for {type} {head}");
        }

        var half =
            "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + "100\r\n\r\ntoken=";
        using (var cut = await RawClient.ConnectAsync(server.Address))
        {
            await cut.SendAsync(half);
            cut.EndSending();
            Assert.Contains(await cut.StatusAsync(), (int[])[400, 0]);
        }

        using (var reset = await RawClient.ConnectAsync(server.Address))
        {
            await reset.SendAsync(half);
            await Task.Delay(100, Cancellation);
            reset.Reset();
        }

        using (var slow = await RawClient.ConnectAsync(server.Address))
        {
            await slow.SendAsync(half);
            Assert.Contains(await slow.StatusAsync(), (int[])[408, 504]);
        }

        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal("live\n", await http.GetStringAsync("/health/live", Cancellation));
        await server.StopAsync(Cancellation);
        Assert.True(!log.Of(LogLevel.Error).Any(), string.Join("\n", log.Of(LogLevel.Error)));
        Assert.DoesNotContain(log.Of(LogLevel.Warning), line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private static string Request(string method, string path, Random random, string token)
    {
        var (type, body, header) =
            (s_types[random.Next(s_types.Length)], s_bodies[random.Next(s_bodies.Length)], s_headers[random.Next(s_headers.Length)]);
        var length = random.Next(8) switch
        {
            0 => $"Transfer-Encoding: chunked\r\n{CutOff}",
            // Less than comes, and more.
            1 => $"Content-Length: {body.Length / 2}\r\n",
            2 => $"Content-Length: {body.Length + 10}\r\n{CutOff}",
            _ => $"Content-Length: {body.Length}\r\n",
        };
        return new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\n").Append(
            token).Append(header).Append(length).Append("\r\n").Append(body).ToString();
    }

    private static async Task AskAsync(Uri server, string request)
    {
        using var client = await RawClient.ConnectAsync(server);
        await client.SendAsync(request);
        if (request.Contains(CutOff, StringComparison.Ordinal))
        {
            client.EndSending();
        }

        var status = await client.StatusAsync();
        Assert.True(status != 500, $"500 for {request}");
    }

    private static void Fine(LiveProcess service)
    {
        Assert.False(service.HasExited, service.Said);
        Assert.DoesNotContain("   at ", service.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", service.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("fail: SwiftNet.Live.Web", service.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("fail: Microsoft", service.Said, StringComparison.Ordinal);
    }
}
