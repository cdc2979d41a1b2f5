using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>The real service with a disc that moves, and a client that commands it over HTTP. It starts without an object.</summary>
internal sealed class ControlledService : IAsyncDisposable
{
    public const int Width = 320, Height = 240;
    public const string Source = "test:moving?size=320x240&fps=15";
    private readonly PipelineHost _host;
    private readonly Task _running;
    private bool _disposed;

    private ControlledService(PipelineHost host, Uri address, string? token = null)
    {
        _host = host;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
        Http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _running = Task.Run(host.RunAsync);
    }

    public HttpClient Http { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it and waits for its first frame.</summary>
    public static async Task<ControlledService> StartAsync(Func<Settings, Settings>? change = null, string? token = null)
    {
        var service = Start(change, token);
        await service.UntilAsync(async () => (await service.CamerasAsync())[0].GetProperty("frame").ValueKind == JsonValueKind.Number);
        return service;
    }

    /// <summary>The same behind a token, which is not sent afterwards.</summary>
    public static async Task<ControlledService> StartWithTokenAsync(string token)
    {
        var service = Start(s => s with { Web = s.Web with { Token = token } }, token);
        await service.UntilAsync(async () => (await service.CamerasAsync())[0].GetProperty("frame").ValueKind == JsonValueKind.Number);
        service.Http.DefaultRequestHeaders.Authorization = null;
        return service;
    }

    /// <summary>The same, only until it answers.</summary>
    public static async Task<ControlledService> StartWithoutFramesAsync(Func<Settings, Settings> change)
    {
        var service = Start(change);
        await service.UntilAsync(async () => (await service.CamerasAsync()).Count >= 0);
        return service;
    }

    private static ControlledService Start(Func<Settings, Settings>? change, string? token = null)
    {
        var address = $"http://127.0.0.1:{Broker.FreePort()}";
        var settings = new Settings
        {
            Capture = new CaptureOptions { Source = Source },
            Segment = new SegmentOptions { Size = new FrameSize(160, 128) },
            Budget = new BudgetOptions { Fixed = true },
            Web = new WebOptions { Address = address },
        };
        return new ControlledService(
            new PipelineHost(
                new Configured(
                    change?.Invoke(settings) ?? settings,
                    new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "Error")]).Build())),
            new Uri(address),
            token);
    }

    /// <summary>What a perfect segmenter would find on a frame.</summary>
    public static byte[] Truth(long frame)
    {
        using var pattern = new TestPatternSource(new SourceAddress(Source), TimeProvider.System);
        return pattern.Truth(frame).Ids;
    }

    /// <summary>The middle of the disc on a frame, as a point on the object.</summary>
    public static object OnDisc(long frame)
    {
        var truth = Truth(frame);
        int[] on = [.. Enumerable.Range(0, truth.Length).Where(i => truth[i] == 1)];
        return new { x = on.Average(i => i % Width), y = on.Average(i => i / Width), inside = true };
    }

    /// <summary>A box around the disc on a frame.</summary>
    public static int[] AroundDisc(long frame)
    {
        var extents = new ObjectExtents();
        extents.Measure(Truth(frame), Width);
        var (left, top, right, bottom) = (Math.Max(0, extents[1].Left - 4), Math.Max(0, extents[1].Top - 4), Math.Min(Width, extents[1].Right + 4), Math.Min(Height, extents[1].Bottom + 4));
        return [left, top, right - left, bottom - top];
    }

    public async Task<IReadOnlyList<JsonElement>> CamerasAsync() =>
    [
        .. (await GetAsync("/api/cameras")).GetProperty("cameras").EnumerateArray(),
    ];

    public Task<JsonElement> ObjectsAsync(string camera = "camera") => GetAsync($"/api/cameras/{camera}/objects");

    /// <summary>The newest frame's number.</summary>
    public async Task<long> FrameAsync()
    {
        using var answer = await Http.GetAsync("/api/cameras/camera/snapshot.jpg", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(answer.Headers.GetValues("X-Frame-Id").Single());
    }

    /// <summary>Gives the disc of a frame as an object, by its true mask.</summary>
    public async Task<JsonElement> AddDiscAsync(long? frame = null, string? name = null)
    {
        var on = frame ?? await FrameAsync();
        return await AnsweredAsync(
            HttpStatusCode.Created,
            await SendAsync(
                HttpMethod.Post, "/api/cameras/camera/objects", new { frame = on, name, prompt = new { polygon = Outline(on) } }));
    }

    /// <summary>The disc's outline on a frame.</summary>
    public static double[][] Outline(long frame)
    {
        var box = AroundDisc(frame);
        var (x, y, radius) = (box[0] + (box[2] / 2.0), box[1] + (box[3] / 2.0), Math.Min(box[2], box[3]) / 2.0 - 4);
        return
        [
            .. Enumerable.Range(0, 24).Select(
                i => (double[])[x + (radius * Math.Cos(i * Math.Tau / 24)), y + (radius * Math.Sin(i * Math.Tau / 24))]),
        ];
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Sends a body as JSON; a text is sent as it is.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                string text => new StringContent(text, Encoding.UTF8, "application/json"),
                byte[] bytes =>
                    new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
                _ => JsonContent.Create(body),
            },
        };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return Http.SendAsync(request, Cancellation);
    }

    /// <summary>The JSON of an answer that has to have this status.</summary>
    public static async Task<JsonElement> AnsweredAsync(HttpStatusCode expected, HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(expected == answer.StatusCode, $"{answer.StatusCode} in place of {expected}: {text}");
            return text.Length == 0 ? default : JsonElement.Parse(text);
        }
    }

    /// <summary>Holds that something was refused in the one form, and returns why.</summary>
    public static async Task<string> RefusedAsync(HttpStatusCode expected, HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        var problem = await AnsweredAsync(expected, answer);
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.DoesNotContain('\n', detail);
        Assert.DoesNotContain("   at ", detail, StringComparison.Ordinal);
        foreach (var type in (string[])["System.", "SwiftNet.Live.", "Nullable", ".NET", "`1", "Min", "Exception"])
        {
            Assert.DoesNotContain(type, detail, StringComparison.Ordinal);
        }

        return detail;
    }

    /// <summary>Waits until an object is in this state.</summary>
    public async Task<JsonElement> UntilStateAsync(int id, string state)
    {
        JsonElement found = default;
        await UntilAsync(async () =>
        {
            var objects = (await ObjectsAsync()).GetProperty("objects").EnumerateArray();
            found = objects.FirstOrDefault(o => o.GetProperty("id").GetInt32() == id);
            return found.ValueKind == JsonValueKind.Object && found.GetProperty("state").GetString() == state;
        });
        return found;
    }

    /// <summary>Asks again until it holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (_running is { IsCompleted: true })
            {
                await _running;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "It did not come to that.");
            await Task.Delay(20, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Http.Dispose();
        _host.Stop();
        await _running;
        await _host.DisposeAsync();
    }
}
