using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

public sealed class TokenGateTests : IAsyncLifetime
{
    private const string Token = "correct horse battery staple";
    private readonly StatusBoard _board = new();
    private readonly MjpegPreview _preview = new();
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };
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
        Assert.Equal((HttpStatusCode.Found, "/login"), (page.StatusCode, page.Headers.Location!.ToString()));
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
        Assert.Contains("action=\"/login\"", await form.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", form.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var answer = await EnterAsync(_client.BaseAddress!, Token);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location!.ToString()));
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
    public async Task Behind_a_proxy_that_speaks_TLS_the_cookie_goes_over_TLS_alone_and_the_proxys_name_is_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([new("token", Token)]) };
        request.Headers.Host = "cameras.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await _client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_larger_than_a_visitor_needs_is_refused()
    {
        // The body waits for the server's word, which never comes: a body on its way might be cut off together with the answer.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(2) });
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri(_client.BaseAddress!, "/login")) { Content = new FormUrlEncodedContent([new("token", new string('x', 20_000))]) };
        login.Headers.ExpectContinue = true;
        using var body = await patient.SendAsync(login, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, body.StatusCode);
        using var line = await AskAsync("/status?" + new string('x', 8_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, line.StatusCode);
        using var headers = await AskAsync("/status", ("X-Filler", new string('x', 20_000)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, headers.StatusCode);
    }

    private async Task<StatusServer> ServeAsync(string token)
    {
        var server = new StatusServer(new WebOptions { Address = "http://127.0.0.1:0", Token = token }, [new CameraView("gate", _board, _preview)], NullLoggerFactory.Instance);
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
