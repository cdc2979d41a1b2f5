using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Web;

/// <summary>The service behind a real nginx with TLS, at a path of its own.</summary>
public sealed partial class ProxyTests
{
    [Fact]
    public async Task Behind_the_documented_nginx_the_page_loads_and_commands_are_obeyed()
    {
        await using var service = await StartAsync(s => s with { Web = s.Web with { TrustedProxies = ["127.0.0.1"] } });
        using var proxy = Proxy.Before(service.Http.BaseAddress!);
        using var client = proxy.Client();

        // Every file of the page is found by its relative link.
        var page = await client.GetStringAsync("", Cancellation);
        string[] links = [.. Link().Matches(page).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith('#'))];
        Assert.True(links.Length > 5, page);
        foreach (var link in links)
        {
            using var file = await client.GetAsync(link, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.True(file.StatusCode == HttpStatusCode.OK, $"{link}: {file.StatusCode}");
            Assert.StartsWith("/live/", file.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        }

        using var added = await CommandAsync(
            client, await service.FrameAsync(), ("Origin", proxy.Address.GetLeftPart(UriPartial.Authority)));
        Assert.True(added.StatusCode == HttpStatusCode.Created, await added.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("/live/api/cameras/camera/objects/1", added.Headers.Location!.ToString());

        using var foreign = await CommandAsync(client, await service.FrameAsync(), ("Origin", "https://evil.example"));
        Assert.Contains("a page of https://evil.example", await RefusedAsync(HttpStatusCode.Forbidden, foreign), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_not_trusted_the_refusal_says_what_to_set()
    {
        await using var service = await StartAsync();
        using var proxy = Proxy.Before(service.Http.BaseAddress!);
        using var client = proxy.Client();
        using var refused = await CommandAsync(
            client, await service.FrameAsync(), ("Origin", proxy.Address.GetLeftPart(UriPartial.Authority)));
        var why = await RefusedAsync(HttpStatusCode.Forbidden, refused);
        Assert.Contains("Web:TrustedProxies", why, StringComparison.Ordinal);
        Assert.Contains(proxy.Address.Authority, why, StringComparison.Ordinal);

        // A browser that says itself that the command is of the same site is believed.
        using var taken = await CommandAsync(
            client,
            await service.FrameAsync(),
            ("Origin", proxy.Address.GetLeftPart(UriPartial.Authority)),
            ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task Logging_in_and_out_stays_at_the_path_and_goes_over_TLS_alone()
    {
        const string Token = "correct horse battery staple";
        await using var service = await StartAsync(
            s => s with { Web = s.Web with { TrustedProxies = ["127.0.0.0/8"], Token = Token } }, Token);
        using var proxy = Proxy.Before(service.Http.BaseAddress!);
        using var client = proxy.Client();

        using var sent = await client.GetAsync("", Cancellation);
        Assert.Equal(new Uri(proxy.Address, "login"), new Uri(proxy.Address, sent.Headers.Location!));
        using var form = new FormUrlEncodedContent([new("token", Token)]);
        using var entered = await client.PostAsync("login", form, Cancellation);
        Assert.Equal(proxy.Address, new Uri(new Uri(proxy.Address, "login"), entered.Headers.Location!));
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Contains("path=/live", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await client.GetAsync("", Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        using var left = await client.PostAsync("logout", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        using var again = await client.GetAsync("status", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    private static async Task<HttpResponseMessage> CommandAsync(HttpClient client, long frame, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/cameras/camera/objects")
        {
            Content = JsonContent.Create(new { frame, prompt = new { polygon = Outline(frame) } }),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request, Cancellation);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();
}
