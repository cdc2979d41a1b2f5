using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control;

/// <summary>The real executable, killed without warning: what was followed is followed again, and what was removed stays away.</summary>
public sealed class ObjectsAfterACrashTests : IDisposable
{
    private const string Objects = "/api/cameras/camera/objects";
    private readonly TemporaryFolder _folder = new();
    private readonly string _address = $"http://127.0.0.1:{Broker.FreePort()}";
    private readonly HttpClient _http;

    public ObjectsAfterACrashTests() => _http = new HttpClient { BaseAddress = new Uri(_address), Timeout = TimeSpan.FromMinutes(1) };

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Objects_outlive_a_crash_and_those_that_were_removed_do_not_come_back()
    {
        using (var process = Start())
        {
            process.WaitUntil(() => Add("cup") == HttpStatusCode.Created);
            process.WaitToSay("Object 1 has caught up");
            process.WaitUntil(() => File.Exists(State));

            // A change alone, without a frame of its own, is saved as well.
            var before = File.GetLastWriteTimeUtc(State);
            Assert.Equal(HttpStatusCode.OK, Send(HttpMethod.Patch, Objects + "/1", new { name = "red disc" }));
            process.WaitUntil(() => File.GetLastWriteTimeUtc(State) > before);
            process.Signal(9);
        }

        using (var again = Start())
        {
            again.WaitToSay("Objects restored and followed on: 1");
            again.WaitUntil(() => Names() is ["red disc"]);
            Assert.Equal(HttpStatusCode.NoContent, Send(HttpMethod.Delete, Objects));
            again.WaitUntil(() => !File.Exists(State));
            again.Signal(9);
        }

        using var last = Start();
        last.WaitUntil(() => Names() is []);
        Assert.DoesNotContain("restored", last.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_memory_learns_is_saved_every_so_many_seconds_and_not_only_what_is_commanded()
    {
        using var process = Start("--Objects:SaveSeconds=1");
        process.WaitUntil(() => Add("cup") == HttpStatusCode.Created);
        process.WaitToSay("Object 1 has caught up");
        process.WaitUntil(() => File.Exists(State));
        for (var i = 0; i < 2; i++)
        {
            var before = File.GetLastWriteTimeUtc(State);
            process.WaitUntil(() => File.GetLastWriteTimeUtc(State) > before);
        }
    }

    [Fact]
    public void A_camera_without_objects_stops_without_a_word_about_a_folder_that_is_not_there()
    {
        var (code, _, errors) = LiveProcess.Run(
            "--Capture:Source=test:moving?size=160x96&fps=50&frames=20", "--Web:Enabled=false", "--Segment:Size=96x96",
            $"--Objects:StateFolder={_folder["not/there"]}");

        Assert.Equal(0, code);
        Assert.DoesNotContain("fail:", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be kept", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_set_aside_beside_those_before_it()
    {
        File.WriteAllText(State, "no objects");
        File.WriteAllText(State + ".broken", "an earlier one");
        using (var process = Start())
        {
            process.WaitToSay($"The file is now {State}.broken-2");
            process.WaitUntil(() => Names() is []);
            process.Terminate();
            Assert.Equal(0, process.Wait().Code);
        }

        Assert.Equal(("an earlier one", "no objects"), (File.ReadAllText(State + ".broken"), File.ReadAllText(State + ".broken-2")));
    }

    private string State => _folder["camera.objects"];

    private LiveProcess Start(params string[] more) => new(
        [
            $"--Web:Address={_address}", "--Capture:Source=test:moving?size=320x240&fps=15", "--Segment:Size=96x96",
            $"--Objects:StateFolder={_folder.Root}", .. more,
        ]);

    private HttpStatusCode? Add(string name) =>
        Send(HttpMethod.Post, Objects, new { name, prompt = new { box = (int[])[100, 90, 120, 110] } });

    private string[]? Names()
    {
        Thread.Sleep(50);
        try
        {
            var list = JsonElement.Parse(_http.GetStringAsync(new Uri(Objects, UriKind.Relative), Cancellation).GetAwaiter().GetResult());
            return [.. list.GetProperty("objects").EnumerateArray().Select(o => o.GetProperty("name").GetString()!)];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Null while it does not listen yet.
    private HttpStatusCode? Send(HttpMethod method, string path, object? body = null)
    {
        Thread.Sleep(50);
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var answer = _http.SendAsync(request, Cancellation).GetAwaiter().GetResult();
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
