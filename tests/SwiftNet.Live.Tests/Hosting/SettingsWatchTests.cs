using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Hosting;

/// <summary>The real executable, while its settings file is changed.</summary>
public sealed class SettingsWatchTests : IDisposable
{
    private const string Gate = """{ "Name": "gate", "Output": { "JsonLines": true } }""";
    private const string Yard = """{ "Name": "yard" }""";
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly int _port = FreePort();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Cameras_come_and_go_with_the_file_and_a_wrong_file_changes_nothing()
    {
        Write(Gate);
        using var process = new LiveProcess("run", "--settings", _folder["settings.json"]);
        process.WaitUntil(() => Delivering() == "gate");

        Write($"{Gate}, {Yard}");
        process.WaitUntil(() => Delivering() == "gate,yard");

        // What the camera that goes has captured is complete under its final name while the other one runs on.
        Write(Yard);
        process.WaitUntil(() => Delivering() == "yard" && Lines() is [var only] && only.EndsWith("Z.jsonl", StringComparison.Ordinal));

        // Nothing of the wrong file counts: not the camera that is missing there, and not the one that is new.
        Write("""{ "Name": "new" }, { "Name": "../wrong" }""");
        process.WaitToSay("is refused, the one before stays in force. Invalid configuration: Cameras:1:Name=../wrong: must be");
        Assert.Equal("yard", Delivering());

        Write($$"""{ "Name": "yard", "Memory": { "Beta": 0.2, "WriteAreaThreshold": 0.5 } }, { "Name": "none", "Capture": { "Source": "{{_folder["missing.mp4"]}}" } }""");
        process.WaitToSay("Changed for camera yard, and in force: Memory:WriteAreaThreshold");
        process.WaitToSay("Changed for camera yard, and in force with the next start: Memory:Beta");
        process.WaitToSay("Camera none was added to the configuration and cannot run: The video");
        Assert.Equal("yard", Delivering());

        process.Terminate();
        var (code, _, errors) = process.Wait();

        Assert.Equal(0, code);
        Assert.Contains("Camera yard was added to the configuration and runs", errors, StringComparison.Ordinal);
        Assert.Contains("Camera gate was taken out of the configuration and has ended", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unaccounted", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_are_switched_on_over_and_off_and_what_they_made_is_complete()
    {
        await using var first = new WebhookServer(_ => 200);
        await using var second = new WebhookServer(_ => 200);
        await first.StartAsync();
        await second.StartAsync();
        Write(WithOutputs("{}"));
        using var process = new LiveProcess("run", "--settings", _folder["settings.json"]);
        process.WaitUntil(() => Delivering() == "gate");

        Write(WithOutputs($$"""{ "Webhook": { "Url": "{{first.Address}}" }, "Recording": { "Enabled": true } }"""));
        process.WaitUntil(() => first.Requests.Length > 0 && Recordings().Length > 0);

        // Another server, and other bounds of the recording: its folder is free for the new one when the old one has ended. A recording
        // also ends where a busy machine leaves a gap between two frames, so that there may be more than one a switch.
        var before = Recordings().Length;
        Write(WithOutputs($$"""{ "Webhook": { "Url": "{{second.Address}}" }, "Recording": { "Enabled": true, "SegmentMinutes": 5 } }"""));
        process.WaitUntil(() => second.Requests.Length > 0 && Recordings().Length > before);

        Write(WithOutputs("{}"));
        process.WaitUntil(
            () => SinksOf("gate") is ["preview"] && Recordings().All(file => file.EndsWith(".mp4", StringComparison.Ordinal)));

        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
        Assert.All(Recordings(), file => Assert.NotEmpty(Ffmpeg.Decode(file, "bgr24")));
    }

    [Fact]
    public void A_camera_with_another_source_starts_anew_with_its_objects_while_the_others_run_on()
    {
        const string Objects = """ "Objects": { "Polygons": [ "64,40;96,40;96,72;64,72" ] } """;
        Write($$"""{ "Name": "gate", {{Objects}} }, { "Name": "yard" }""");
        using var process = new LiveProcess("run", "--settings", _folder["settings.json"]);
        process.WaitUntil(() => Delivering() == "gate,yard" && Followed("gate") == 1);
        Rename("gate", "disc");
        process.WaitUntil(() => FrameOf("yard") > 50);
        var before = FrameOf("yard");
        Write($$"""{ "Name": "gate", {{Objects}}, "Capture": { "Source": "test:moving?size=192x96&fps=50" } }, { "Name": "yard" }""");
        process.WaitToSay("Changed for camera gate, which starts anew: Capture:Source");
        process.WaitUntil(
            () =>
                Status().Any(
                    c =>
                        c.GetProperty("name").GetString() == "gate"
                            && c.GetProperty("frame_size").GetString() == "192x96"
                            && c.GetProperty("objects").GetArrayLength() == 1));
        Assert.Contains(Status(), c => c.GetProperty("objects").EnumerateArray().Any(o => o.GetProperty("name").GetString() == "disc"));
        Assert.True(FrameOf("yard") > before);

        // What cannot be opened costs this camera alone, until the file says something else.
        Write($$"""{ "Name": "gate", "Capture": { "Source": "{{_folder["missing.mp4"]}}" } }, { "Name": "yard" }""");
        process.WaitToSay("Camera gate cannot run with its changed configuration: The video");
        process.WaitUntil(() => Delivering() == "yard");
        Write($$"""{ "Name": "gate" }, { "Name": "yard" }""");
        process.WaitUntil(() => Delivering() == "yard,gate");

        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
    }

    private void Rename(string camera, string name)
    {
        using var body = new StringContent($$"""{"name":"{{name}}"}""", System.Text.Encoding.UTF8, "application/json");
        using var renamed = _client
            .PatchAsync(new Uri($"http://127.0.0.1:{_port}/api/cameras/{camera}/objects/1"), body)
            .GetAwaiter()
            .GetResult();
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
    }

    private int Followed(string camera) =>
        Status().Where(c => c.GetProperty("name").GetString() == camera).Sum(c => c.GetProperty("objects").GetArrayLength());

    private long FrameOf(string camera) =>
        Status().Where(c => c.GetProperty("name").GetString() == camera).Sum(c => c.GetProperty("frame").GetInt64());

    private static string WithOutputs(string outputs) =>
        $$"""{ "Name": "gate", "Objects": { "Polygons": [ "64,40;96,40;96,72;64,72" ] }, "Output": {{outputs}} }""";

    private string[] Recordings() =>
        Directory.Exists(_folder["out/gate/recordings"])
            ? [.. Directory.GetFiles(_folder["out/gate/recordings"]).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))]
            : [];

    private string[] Lines() =>
        Directory.Exists(_folder["out/gate/objects"]) ? Directory.GetFiles(_folder["out/gate/objects"], "*.jsonl") : [];

    private string[] SinksOf(string camera) =>
    [
        .. Status()
            .Where(c => c.GetProperty("name").GetString() == camera)
            .SelectMany(c => c.GetProperty("sinks").EnumerateArray())
            .Select(s => s.GetProperty("name").GetString()!),
    ];

    private void Write(string cameras) => File.WriteAllText(_folder["settings.json"], $$"""
        {
          "Capture": { "Source": "test:moving?size=160x96&fps=50" },
          "Segment": { "Size": "96x96" },
          "Output": { "Directory": "{{_folder["out"]}}" },
          "Web": { "Address": "http://127.0.0.1:{{_port}}" },
          "Cameras": [ {{cameras}} ]
        }
        """);

    private string Delivering() =>
        string.Join(',', Status().Where(c => c.GetProperty("frame").GetInt64() >= 0).Select(c => c.GetProperty("name").GetString()));

    private IEnumerable<JsonElement> Status()
    {
        Thread.Sleep(50);
        try
        {
            return JsonElement.Parse(_client.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/status")).GetAwaiter().GetResult())
                .GetProperty("cameras")
                .EnumerateArray();
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return [];
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
