using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Web;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Web;

public sealed partial class PageEndpointsTests : IAsyncLifetime
{
    private static readonly string s_folder = Path.Combine(Repository.Folder, "src", "SwiftNet.Live", "Web", "page");
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly StatusServer _server = new(new WebOptions { Address = "http://127.0.0.1:0" }, [], NullLoggerFactory.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(Cancellation);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/page/app.js", "text/javascript; charset=utf-8")]
    [InlineData("/page/vendor/preact.mjs", "text/javascript; charset=utf-8")]
    [InlineData("/page/vendor/preact.LICENSE.txt", "text/plain; charset=utf-8")]
    [InlineData("/page/style/base.css", "text/css; charset=utf-8")]
    [InlineData("/page/icon.svg", "image/svg+xml")]
    public async Task A_file_has_its_type_and_nothing_from_elsewhere_may_run_or_be_shown(string path, string type)
    {
        using var answer = await _client.GetAsync(path, Cancellation);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_browser_gets_a_file_once_and_asks_whether_it_has_changed()
    {
        using var first = await _client.GetAsync("/page/app.js", Cancellation);
        Assert.True(first.Headers.CacheControl!.NoCache);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/page/app.js") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await _client.SendAsync(again, Cancellation);
        Assert.Equal(
            (HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync(Cancellation)).Length));
        using var other = new HttpRequestMessage(HttpMethod.Get, "/page/theme.js") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(other, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/page/")]
    [InlineData("/page/index.html")]
    [InlineData("/page/nothing.js")]
    [InlineData("/page/vendor/VENDOR.md")]
    [InlineData("/page/%2e%2e/login.html")]
    public async Task Nothing_else_is_there(string path)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task All_that_the_page_asks_for_is_there()
    {
        var seen = new HashSet<string>();
        var next = new Queue<string>(["/"]);
        while (next.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            using var answer = await _client.GetAsync(path, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, path);
            foreach (Match match in Reference().Matches(await answer.Content.ReadAsStringAsync(Cancellation)))
            {
                // An import is relative to its file, all else to the page.
                var here = new Uri(_client.BaseAddress!, match.Value.StartsWith("import", StringComparison.Ordinal) ? path : "/");
                next.Enqueue(new Uri(here, match.Groups[1].Value).AbsolutePath);
            }
        }

        Assert.Contains("/page/model/rle.js", seen);
        Assert.Contains("/page/vendor/uPlot.min.js", seen);
    }

    [Fact]
    public void Every_library_is_as_it_is_written_down()
    {
        var folder = Path.Combine(s_folder, "vendor");
        var told = Row()
            .Matches(File.ReadAllText(Path.Combine(folder, "VENDOR.md")))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        var found = Directory.GetFiles(folder).Where(
            file => !file.EndsWith(".md", StringComparison.Ordinal) && !file.EndsWith(".d.mts", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        Assert.Equal(found.OrderBy(file => file.Key, StringComparer.Ordinal), told.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    // What an element, an import or a picture's address names.
    [GeneratedRegex(
        """(?:(?:<(?:script|link)[^>]* (?:src|href)=|<img src=)["'](?=[^"':]+["'])|^import [^'"]*["'](?=[./]))([^"']+)["']""",
        RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\| `([^`]+)` \|[^|]+\|[^|]+\| `([0-9a-f]{64})` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
