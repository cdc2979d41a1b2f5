using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Status;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

public sealed class TokenGateTests : IAsyncLifetime
{
    private const string Token = "correct horse battery staple";
    private readonly StatusBoard _board = new();
    private readonly MjpegPreview _preview = new();
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };
    private StatusServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServeAsync(Token);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        await _preview.DisposeAsync();
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/stream.mjpg")]
    [InlineData("/health/ready")]
    [InlineData("/health/live/")]
    [InlineData("/login/")]
    [InlineData("/metrics")]
    [InlineData("/nowhere")]
    public async Task Without_the_token_nothing_is_told_not_even_what_there_is(string path)
    {
        using var answer = await _client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Whether_it_lives_is_told_to_all_and_whoever_opens_the_page_is_sent_to_log_in()
    {
        Assert.Equal("live\n", await _client.GetStringAsync("/health/live", Cancellation));
        using var page = await _client.GetAsync("/", Cancellation);
        Assert.Equal((HttpStatusCode.Found, "login"), (page.StatusCode, page.Headers.Location!.ToString()));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "Bearer " + Token)]
    [InlineData(HttpStatusCode.OK, "bearer  " + Token)]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer correct horse battery")]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer " + Token + "s")]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer CORRECT HORSE BATTERY STAPLE")]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer ")]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer")]
    [InlineData(HttpStatusCode.Unauthorized, "Basic " + Token)]
    [InlineData(HttpStatusCode.Unauthorized, Token)]
    public async Task A_program_gives_the_token_in_a_header(HttpStatusCode expected, string header)
    {
        using var answer = await AskAsync("/status", ("Authorization", header));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_logs_in_and_keeps_a_cookie_that_does_not_hold_the_token()
    {
        using var form = await _client.GetAsync("/login", Cancellation);
        Assert.Contains("action=\"login\"", await form.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", form.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var answer = await EnterAsync(_client.BaseAddress!, Token);
        Assert.Equal((HttpStatusCode.SeeOther, "./"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("horse", set, StringComparison.Ordinal);

        var cookie = set.Split(';')[0];
        foreach (var path in (string[])["/", "/status", "/health/ready"])
        {
            using var seen = await AskAsync(path, ("Cookie", cookie));
            Assert.NotEqual(HttpStatusCode.Unauthorized, seen.StatusCode);
            Assert.NotEqual(HttpStatusCode.Found, seen.StatusCode);
            Assert.DoesNotContain("horse", await seen.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        using var forged = await AskAsync("/status", ("Cookie", cookie[..^1] + (cookie[^1] == '0' ? '1' : '0')));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_and_ends_when_the_token_is_changed()
    {
        using var answer = await EnterAsync(_client.BaseAddress!, Token);
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0].Split('=')[1];

        foreach (var (token, expected) in new[] { (Token, HttpStatusCode.OK), ("another horse another staple", HttpStatusCode.Unauthorized) })
        {
            await using var again = await ServeAsync(token);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(again.Address, "/status"));
            request.Headers.Add("Cookie", $"swiftnet-live-{again.Address.Port}={session}");
            using var seen = await _client.SendAsync(request, Cancellation);
            Assert.Equal(expected, seen.StatusCode);
            await again.StopAsync(Cancellation);
        }
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Whoever_gives_a_wrong_token_gets_the_form_again_and_no_cookie(string? token)
    {
        using var answer = await EnterAsync(_client.BaseAddress!, token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("<form", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_that_speaks_TLS_the_cookie_goes_over_TLS_alone_and_the_proxys_name_is_answered()
    {
        await using var server = await ServeAsync(Token, "127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/login"))
        {
            Content = new FormUrlEncodedContent([new("token", Token)]),
        };
        request.Headers.Host = "cameras.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await _client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        await server.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_wrong_token_is_said_on_the_page_and_logged_with_the_address_and_many_are_slowed_down()
    {
        var log = new LogLines(LogLevel.Information);
        await using var server = await ServeAsync(Token, "127.0.0.1", log);
        async Task<(HttpStatusCode Status, string Page)> EnterFromAsync(string address, string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/login"))
            {
                Content = new FormUrlEncodedContent([new("token", token)]),
            };
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await _client.SendAsync(request, Cancellation);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }

        var (status, page) = await EnterFromAsync("203.0.113.7", "a wrong token");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("The token is wrong", page, StringComparison.Ordinal);
        Assert.Contains("Wrong token from 203.0.113.7", log.Of(LogLevel.Warning));

        // However slow the machine is, one every two seconds is less than it can ask.
        while (status != HttpStatusCode.TooManyRequests)
        {
            (status, page) = await EnterFromAsync("203.0.113.7", "a wrong token");
        }

        Assert.Contains("Too many wrong tokens", page, StringComparison.Ordinal);

        // Another address is let in, and so is a browser that has a session already.
        Assert.Equal(HttpStatusCode.SeeOther, (await EnterFromAsync("203.0.113.8", Token)).Status);
        using var entered = await EnterAsync(server.Address, Token);
        using var seen = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/status"));
        seen.Headers.Add("X-Forwarded-For", "203.0.113.7");
        seen.Headers.Add("Cookie", Assert.Single(entered.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        using var status2 = await _client.SendAsync(seen, Cancellation);
        Assert.Equal(HttpStatusCode.OK, status2.StatusCode);
        await server.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Logging_out_takes_the_cookie_back_and_no_page_of_another_site_can()
    {
        using var answer = await _client.PostAsync("/logout", content: null, Cancellation);
        Assert.Equal((HttpStatusCode.SeeOther, "login"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Contains(
            "expires=Thu, 01 Jan 1970", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/logout");
        foreign.Headers.Add("Origin", "https://evil.example");
        using var refused = await _client.SendAsync(foreign, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("https://evil.example", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_larger_than_a_visitor_needs_is_refused()
    {
        // The body waits for the server's word, which never comes: a body on its way might be cut off together with the answer.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(2) });
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri(_client.BaseAddress!, "/login"))
        {
            Content = new FormUrlEncodedContent([new("token", new string('x', 20_000))]),
        };
        login.Headers.ExpectContinue = true;
        using var body = await patient.SendAsync(login, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, body.StatusCode);
        using var line = await AskAsync("/status?" + new string('x', 8_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, line.StatusCode);
        using var headers = await AskAsync("/status", ("X-Filler", new string('x', 20_000)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, headers.StatusCode);
    }

    private async Task<StatusServer> ServeAsync(string token, string? proxy = null, LogLines? log = null)
    {
        var options = new WebOptions { Address = "http://127.0.0.1:0", Token = token, TrustedProxies = proxy is null ? [] : [proxy] };
        var server = new StatusServer(
            options, [new CameraView("gate", _board, _preview)], log is null ? NullLoggerFactory.Instance : new LogFactory(log));
        await server.StartAsync(Cancellation);
        return server;
    }

    private async Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await _client.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> EnterAsync(Uri server, string? token)
    {
        using var form = new FormUrlEncodedContent(token is null ? [] : [new("token", token)]);
        return await _client.PostAsync(new Uri(server, "/login"), form, Cancellation);
    }
}
