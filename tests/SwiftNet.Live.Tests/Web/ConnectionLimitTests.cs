using System.Net;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Http;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Status;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

/// <summary>No visitor can keep others, or the check of health, from being answered.</summary>
public sealed class ConnectionLimitTests : IAsyncLifetime
{
    private const string Token = "correct horse battery staple";
    private readonly LogLines _log = new();
    private readonly MjpegPreview _preview = new();
    private StatusServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = new StatusServer(
            new WebOptions { Address = "http://127.0.0.1:0", Token = Token },
            [new CameraView("gate", new StatusBoard(), _preview)],
            new LogFactory(_log));
        await _server.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        await _preview.DisposeAsync();
    }

    [Fact]
    public async Task Idle_connections_make_room_for_those_that_ask_and_the_log_names_their_address_once()
    {
        var idle = new List<RawClient>();
        for (var i = 0; i < 300; i++)
        {
            idle.Add(await RawClient.ConnectAsync(_server.Address));
        }

        foreach (var path in (string[])["/health/live", "/status", "/"])
        {
            Assert.Equal(200, await AskAsync(path));
        }

        var lines = _log.Of(LogLevel.Warning).ToArray();
        Assert.InRange(
            lines.Count(line => line.StartsWith("Too many connections, the newest from 127.0.0.1", StringComparison.Ordinal)), 1, 3);
        idle.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Where_all_connections_are_busy_whether_it_lives_is_answered_all_the_same()
    {
        // Streams that last, and bodies that do not come.
        var busy = new List<RawClient>();
        foreach (var request in (string[])[.. Enumerable.Repeat("GET /stream.mjpg", 8), .. Enumerable.Repeat("GET /api/events", 16), .. Enumerable.Repeat("POST /login", 40)])
        {
            var client = await RawClient.ConnectAsync(_server.Address);
            await client.SendAsync($"{request} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token}\r\n{(request[0] == 'P' ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n" : "")}\r\n");
            busy.Add(client);
        }

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, await AskAsync("/health/live"));
            // Others are refused in one line, or answered once a body was given up.
            Assert.Contains(await AskAsync("/status"), (int[])[200, 503]);
        }

        busy.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_connection_that_sends_no_whole_request_is_closed_soon_and_one_that_asked_stays()
    {
        using var silent = await RawClient.ConnectAsync(_server.Address);
        using var half = await RawClient.ConnectAsync(_server.Address);
        await half.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        using var asked = await RawClient.ConnectAsync(_server.Address);
        await asked.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, await asked.StatusAsync());

        await Task.WhenAll(silent.ClosedAsync(), half.ClosedAsync()).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await asked.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, await asked.StatusAsync());
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::")]
    [InlineData("::1", "::1")]
    public void Addresses_of_one_network_of_one_machine_are_counted_together(string address, string group) =>
        Assert.Equal(IPAddress.Parse(group), VisitorAddress.Group(IPAddress.Parse(address)));

    private Task<int> AskAsync(string path) =>
        RawClient.AskAsync(
            _server.Address, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token}\r\nConnection: close\r\n\r\n");
}
