using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CliWrap;
using Microsoft.Playwright;
using OpenCvSharp;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>The real service, which plays the sample clip again and again like a camera, and a real browser to look at its page
/// with.</summary>
public sealed class RunningPage : IAsyncLifetime
{
    public const int Width = 640;
    public const int Height = 480;

    private static readonly string? s_chromium =
        ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private LiveProcess? _service;

    /// <summary>The bound of the network's picture: small, since the tests are about the page.</summary>
    internal string Size { get; init; } = "320x240";

    /// <summary>Other options of the service.</summary>
    internal string[] Options { get; init; } = [];

    /// <summary>Where the page is.</summary>
    internal string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>Another visitor of the service, without a browser.</summary>
    internal HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    private string Objects => $"{Address}/api/cameras/camera/objects";

    public async ValueTask InitializeAsync()
    {
        if (s_chromium is null)
        {
            return;
        }

        await Cli.Wrap("ffmpeg")
            .WithArguments(
                [
                    "-v", "error", "-stream_loop", "100", "-i", Path.Combine(Repository.Folder, "samples", "cup.mp4"), "-an", "-c", "copy",
                    _folder["cup.mp4"],
                ])
            .ExecuteAsync();
        _service = new LiveProcess(
            [
                $"--Web:Address={Address}", $"--Capture:Source={_folder["cup.mp4"]}", "--Capture:Live=true", $"--Segment:Size={Size}",
                $"--Output:Directory={_folder.Root}", .. Options,
            ]);
        _service.WaitToSay("Status page and preview");
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = s_chromium, Args = ["--no-sandbox"], Timeout = 120_000 });
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        _service?.Dispose();
        Client.Dispose();
        _folder.Dispose();
    }

    /// <summary>Makes the service stand still, or go on.</summary>
    internal void Freeze(bool still) => _service!.Signal(still ? 19 : 18);

    /// <summary>Opens a window that nobody has used yet.</summary>
    internal async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null, Func<IPage, Task>? before = null)
    {
        var visitor = await NewVisitorAsync(options);
        await (before?.Invoke(visitor.Page) ?? Task.CompletedTask);
        await visitor.OpenAsync(Address);
        return visitor;
    }

    /// <summary>A window that shows nothing yet.</summary>
    internal async Task<Visitor> NewVisitorAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "chromium is not installed (scripts/test installs it)");
        var context = await _browser!.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>The objects, as the service reports them.</summary>
    internal async Task<JsonElement[]> ObjectsAsync() =>
    [
        .. (await Client.GetFromJsonAsync<JsonElement>(Objects)).GetProperty("objects").EnumerateArray(),
    ];

    /// <summary>Follows nothing any more, so that a test begins with nothing.</summary>
    internal async Task ResetAsync()
    {
        Assert.SkipWhen(_browser is null, "chromium is not installed (scripts/test installs it)");
        using var reset = new HttpRequestMessage(HttpMethod.Delete, Objects) { Content = JsonContent.Create(new { }) };
        (await Client.SendAsync(reset)).EnsureSuccessStatusCode();
    }

    /// <summary>Follows what another visitor drew: all within a box, with its corners cut off.</summary>
    internal async Task AddAsync(string name, Rect box, long? frame = null)
    {
        // So many corners that they are taken as they are.
        var corners = Enumerable.Range(0, 100)
            .Select(i => i * Math.Tau / 100)
            .Select(a => new[] { box.X + (box.Width * (1 + Math.Cos(a)) / 2), box.Y + (box.Height * (1 + Math.Sin(a)) / 2) });
        var answer = await Client.PostAsJsonAsync(Objects, new { frame, name, prompt = new { polygon = corners } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Follows the cup, named on the frame that it was found on: a busy machine is several frames farther by then.</summary>
    internal async Task AddCupAsync(string name)
    {
        using var newest = await Client.GetAsync(new Uri($"{Address}/api/cameras/camera/snapshot.jpg"));
        var frame = long.Parse(newest.Headers.GetValues("X-Frame-Id").Single(), System.Globalization.CultureInfo.InvariantCulture);
        await AddAsync(name, await CupAsync(frame), frame);
    }

    /// <summary>Where the cup is on a frame, the newest where none is named: it is the darkest thing there is. Nothing of the network goes
    /// into this.</summary>
    internal async Task<Rect> CupAsync(long? frame = null)
    {
        var jpeg = await Client.GetByteArrayAsync($"{Address}/api/cameras/camera/snapshot.jpg{(frame is null ? "" : $"?frame={frame}")}");
        using var picture = Cv2.ImDecode(jpeg, ImreadModes.Grayscale);
        using Mat dark = picture.LessThan(45), whole = new(), labels = new(), statistics = new(), centres = new();
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(15, 15));
        Cv2.MorphologyEx(dark, whole, MorphTypes.Close, kernel);
        var count = Cv2.ConnectedComponentsWithStats(whole, labels, statistics, centres);
        var largest = Enumerable.Range(1, count - 1).MaxBy(i => statistics.At<int>(i, (int)ConnectedComponentsTypes.Area));
        int Side(ConnectedComponentsTypes side) => statistics.At<int>(largest, (int)side);
        return new Rect(
            Side(ConnectedComponentsTypes.Left),
            Side(ConnectedComponentsTypes.Top),
            Side(ConnectedComponentsTypes.Width),
            Side(ConnectedComponentsTypes.Height));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Tests in a browser: one after the other, and with the machine for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InABrowser : ICollectionFixture<RunningPage>
{
    public const string Name = "in a browser";
}
