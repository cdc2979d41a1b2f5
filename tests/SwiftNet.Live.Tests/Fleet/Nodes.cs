using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Nodes of one fleet, each the real executable as its own process, on ports of this machine or each with a network of its
/// own.</summary>
/// <param name="clustering">redis or adonet.</param>
/// <param name="connection">The store.</param>
/// <param name="cameras">The list of cameras, as JSON without its brackets.</param>
/// <param name="leaseSeconds">The fleet's lease: how soon cameras go on elsewhere, and how long a busy machine may keep a node from its
/// processor.</param>
/// <param name="more">More of the common settings, as JSON without its braces. Without it there are two objects and a stand-in for the
/// network; all else is real.</param>
/// <param name="network">Where each node has an address of its own.</param>
internal sealed class Nodes(
    string clustering,
    string connection,
    string cameras,
    double leaseSeconds = 10,
    string more = Nodes.StandIn,
    PrivateNetwork? network = null) : IDisposable
{
    public const string Token = "0123456789abcdef";

    private const string StandIn = """
        "Capture": { "Source": "test:moving?size=160x96&fps=5" },
        "Objects": { "Polygons": [ "40,40;80,40;80,70;40,70", "100,40;120,40;120,70;100,70" ] }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new()
    {
        DefaultRequestHeaders = { { "Authorization", $"Bearer {Token}" } },
        Timeout = TimeSpan.FromSeconds(20),
    };
    private readonly Dictionary<string, (LiveProcess Process, int Port)> _nodes = [];

    /// <summary>The folder that results go to; a folder a camera, the same for every node.</summary>
    public string Output => _folder["out"];

    public LiveProcess this[string node] => _nodes[node].Process;

    public Uri AddressOf(string node, string path) => new($"http://{Host(node)}:{_nodes[node].Port}{path}");

    /// <summary>Starts a node, or starts it again.</summary>
    public LiveProcess Start(string node, Dictionary<string, string?>? environment = null, params string[] options)
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
        // In one go: a node that was started before may be reading it.
        File.Move(_folder["settings.new"], _folder["settings.json"], overwrite: true);
        var port = Broker.FreePort();
        var process = LiveProcess.By(
            network?.Into(node) ?? [],
            new(environment ?? []) { ["SWIFTNET_Fleet__ConnectionString"] = connection, ["SWIFTNET_Fleet__Node"] = node },
            [
                "run", "--settings", _folder["settings.json"], $"--Fleet:Address={Host(node)}", $"--Fleet:Port={Broker.FreePort()}",
                $"--Web:Address=http://{Host(node)}:{port}", .. options,
            ]);
        if (_nodes.Remove(node, out var before))
        {
            before.Process.Dispose();
        }

        _nodes[node] = (process, port);
        return process;
    }

    private string Host(string node) => network?.AddressOf(node) ?? "127.0.0.1";

    /// <summary>The fleet as a node reports it; null without an answer.</summary>
    public JsonElement? Status(string node)
    {
        Thread.Sleep(200);
        try
        {
            return JsonElement.Parse(_client.GetStringAsync(AddressOf(node, "/api/fleet")).GetAwaiter().GetResult());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Whether a node was started and has not ended.</summary>
    public bool Runs(string node) => _nodes.TryGetValue(node, out var found) && !found.Process.HasExited;

    /// <summary>Moves a camera, by a request to any node.</summary>
    public async Task MoveAsync(string camera, string to, string at)
    {
        using var body = new StringContent($$"""{"box":"{{to}}"}""", Encoding.UTF8, "application/json");
        using var answer = await AskAsync(HttpMethod.Post, at, $"/api/fleet/cameras/{camera}/move", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>The cameras that run, as a node reports them.</summary>
    public FleetCamera[] Running(string node) => [.. Cameras(node).Where(camera => camera.State == "running")];

    /// <summary>Waits until a node reports that these cameras run where they did, without another start.</summary>
    public void WaitForSame(string node, IEnumerable<FleetCamera> expected)
    {
        var same = expected.Select(camera => (camera.Name, camera.Node, camera.Epoch)).ToArray();
        WaitUntil(
            node,
            cameras =>
                cameras
                    .Where(camera => camera.State == "running")
                    .Select(camera => (camera.Name, camera.Node, camera.Epoch))
                    .SequenceEqual(same));
    }

    /// <summary>All cameras, as a node reports them.</summary>
    public FleetCamera[] Cameras(string node) => Status(node) is not { } status ? [] :
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

    /// <summary>Waits for something that the fleet does, asking this node.</summary>
    public FleetCamera[] WaitUntil(string node, Func<FleetCamera[], bool> done)
    {
        FleetCamera[] cameras = [];
        Assert.True(
            SpinWait.SpinUntil(() => done(cameras = Cameras(node)), TimeSpan.FromMinutes(3)),
            $"It did not come to that.{string.Concat(_nodes.Select(b => $"\n{b.Key}: {b.Value.Process.Said}"))}\nAs node {node} last "
                + $"reported: {string.Join(", ", cameras.AsEnumerable())}");
        return cameras;
    }

    /// <summary>Asks a node.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string node, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, AddressOf(node, path)) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        foreach (var (node, (process, _)) in _nodes)
        {
            // Shown where the test has failed.
            TestContext.Current.TestOutputHelper?.WriteLine($"{node} said:\n{process.Said}");
            process.Dispose();
        }

        _client.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A camera as the fleet reports it.</summary>
internal sealed record FleetCamera(string Name, string State, string? Node, long Epoch, long ResumedFrom, int Objects, string Why);
