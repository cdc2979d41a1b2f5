using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Boxes of one fleet, each the real executable as its own process, on ports of this machine or each with a network of its own.</summary>
/// <param name="clustering">redis or adonet.</param>
/// <param name="connection">The store.</param>
/// <param name="cameras">The list of cameras, as JSON without its brackets.</param>
/// <param name="leaseSeconds">The fleet's lease: how soon cameras go on elsewhere, and how long a busy machine may keep a box from its processor.</param>
/// <param name="more">More of the common settings, as JSON without its braces. Without it there are two objects and a stand-in for the network; all else is real.</param>
/// <param name="network">Where each box has an address of its own.</param>
internal sealed class Boxes(string clustering, string connection, string cameras, double leaseSeconds = 10, string more = Boxes.StandIn, PrivateNetwork? network = null) : IDisposable
{
    public const string Token = "0123456789abcdef";

    private const string StandIn = """
        "Capture": { "Source": "test:moving?size=160x96&fps=5" },
        "Objects": { "Polygons": [ "40,40;80,40;80,70;40,70", "100,40;120,40;120,70;100,70" ] }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { DefaultRequestHeaders = { { "Authorization", $"Bearer {Token}" } }, Timeout = TimeSpan.FromSeconds(20) };
    private readonly Dictionary<string, (LiveProcess Process, int Port)> _boxes = [];

    /// <summary>The folder that results go to; a folder a camera, the same for every box.</summary>
    public string Output => _folder["out"];

    public LiveProcess this[string box] => _boxes[box].Process;

    public Uri AddressOf(string box, string path) => new($"http://{Host(box)}:{_boxes[box].Port}{path}");

    /// <summary>Starts a box, or starts it again.</summary>
    public LiveProcess Start(string box, Dictionary<string, string?>? environment = null, params string[] options)
    {
        File.WriteAllText(_folder["settings.new"], $$"""
            {
              {{more}},
              "Output": { "Directory": "{{Output}}" },
              "Web": { "Token": "{{Token}}" },
              "Fleet": { "ClusterId": "tests", "Clustering": "{{clustering}}", "StubMilliseconds": {{(more == StandIn ? 10 : 0)}}, "SnapshotSeconds": 1, "LeaseSeconds": {{leaseSeconds.ToString(CultureInfo.InvariantCulture)}}, "MovesPerMinute": 0 },
              "Cameras": [ {{cameras}} ]
            }
            """);
        // In one go: a box that was started before may be reading it.
        File.Move(_folder["settings.new"], _folder["settings.json"], overwrite: true);
        var port = Broker.FreePort();
        var process = LiveProcess.By(
            network?.Into(box) ?? [],
            new(environment ?? []) { ["SWIFTNET_Fleet__ConnectionString"] = connection, ["SWIFTNET_Fleet__Box"] = box },
            ["run", "--settings", _folder["settings.json"], $"--Fleet:Address={Host(box)}", $"--Fleet:Port={Broker.FreePort()}", $"--Web:Address=http://{Host(box)}:{port}", .. options]);
        if (_boxes.Remove(box, out var before))
        {
            before.Process.Dispose();
        }

        _boxes[box] = (process, port);
        return process;
    }

    private string Host(string box) => network?.AddressOf(box) ?? "127.0.0.1";

    /// <summary>The fleet as a box tells it; null while it does not.</summary>
    public JsonElement? Status(string box)
    {
        Thread.Sleep(200);
        try
        {
            return JsonElement.Parse(_client.GetStringAsync(AddressOf(box, "/api/fleet")).GetAwaiter().GetResult());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Whether a box was started and has not ended.</summary>
    public bool Runs(string box) => _boxes.TryGetValue(box, out var found) && !found.Process.HasExited;

    /// <summary>Moves a camera, told at any box.</summary>
    public async Task MoveAsync(string camera, string to, string at)
    {
        using var body = new StringContent($$"""{"box":"{{to}}"}""", Encoding.UTF8, "application/json");
        using var answer = await AskAsync(HttpMethod.Post, at, $"/api/fleet/cameras/{camera}/move", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>The cameras that run, as a box tells it.</summary>
    public FleetCamera[] Running(string box) => [.. Cameras(box).Where(camera => camera.State == "running")];

    /// <summary>Waits until a box tells that these cameras run where they did, started no further time.</summary>
    public void WaitForSame(string box, IEnumerable<FleetCamera> expected)
    {
        var same = expected.Select(camera => (camera.Name, camera.Box, camera.Epoch)).ToArray();
        WaitUntil(box, cameras => cameras.Where(camera => camera.State == "running").Select(camera => (camera.Name, camera.Box, camera.Epoch)).SequenceEqual(same));
    }

    /// <summary>All cameras, as a box tells it.</summary>
    public FleetCamera[] Cameras(string box) => Status(box) is not { } status ? [] :
    [
        .. status.GetProperty("cameras").EnumerateArray().Select(camera => new FleetCamera(
            camera.GetProperty("name").GetString()!,
            camera.GetProperty("state").GetString()!,
            camera.GetProperty("box").GetString(),
            camera.GetProperty("epoch").GetInt64(),
            camera.GetProperty("resumed_from").GetInt64(),
            camera.GetProperty("objects").GetInt32(),
            camera.GetProperty("why").GetString()!)),
    ];

    /// <summary>Waits for something that the fleet does, asking this box.</summary>
    public FleetCamera[] WaitUntil(string box, Func<FleetCamera[], bool> done)
    {
        FleetCamera[] cameras = [];
        Assert.True(
            SpinWait.SpinUntil(() => done(cameras = Cameras(box)), TimeSpan.FromMinutes(3)),
            $"It did not come to that.{string.Concat(_boxes.Select(b => $"\n{b.Key}: {b.Value.Process.Said}"))}\nAs box {box} told it last: {string.Join(", ", cameras.AsEnumerable())}");
        return cameras;
    }

    /// <summary>Asks a box.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string box, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, AddressOf(box, path)) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        foreach (var (box, (process, _)) in _boxes)
        {
            // Shown where the test has failed.
            TestContext.Current.TestOutputHelper?.WriteLine($"{box} said:\n{process.Said}");
            process.Dispose();
        }

        _client.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A camera as the fleet tells it.</summary>
internal sealed record FleetCamera(string Name, string State, string? Box, long Epoch, long ResumedFrom, int Objects, string Why);
