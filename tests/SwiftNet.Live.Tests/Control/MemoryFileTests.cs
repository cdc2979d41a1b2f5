using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control;

/// <summary>The objects with their memory outlive the process, as a file.</summary>
public sealed class MemoryFileTests : IDisposable
{
    private const string Memory = "/api/cameras/camera/memory";
    private const string Objects = "/api/cameras/camera/objects";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_service_goes_on_after_a_restart_with_what_it_followed_before()
    {
        await using (var service = await StartAsync(Keeping))
        {
            await service.AddDiscAsync(name: "red disc");
            await service.AddDiscAsync();
            await service.UntilStateAsync(1, "tracking");
            await service.UntilStateAsync(2, "tracking");
            await AnsweredAsync(HttpStatusCode.OK, await service.SendAsync(HttpMethod.Patch, Objects + "/1", new { colour = "#00ff80" }));
            await AnsweredAsync(HttpStatusCode.OK, await service.SendAsync(HttpMethod.Patch, Objects + "/2", new { paused = true }));
        }

        Assert.Equal(["camera.objects"], _folder.Names);
        await using var again = await StartAsync(Keeping);
        var list = (await again.ObjectsAsync()).GetProperty("objects");
        Assert.Equal(
            [(1, "red disc", "#00ff80"), (2, "object 2", "#30d930")],
            list
                .EnumerateArray()
                .Select(o => (o.GetProperty("id").GetInt32(), o.GetProperty("name").GetString()!, o.GetProperty("colour").GetString()!)));
        Assert.Equal("paused", list[1].GetProperty("state").GetString());

        // It is found again from memory alone.
        await again.UntilAsync(async () => (await again.ObjectsAsync()).GetProperty("objects")[0].GetProperty("area").GetInt32() > 0);
        await AnsweredAsync(HttpStatusCode.NoContent, await again.SendAsync(HttpMethod.Delete, Objects));
        await again.DisposeAsync();
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Under_systemd_the_folder_of_its_state_is_taken()
    {
        var address = $"http://127.0.0.1:{Broker.FreePort()}";
        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(1) };
        using (var process = Start())
        {
            process.WaitUntil(() => Add(client));
            process.WaitToSay("Object 1 has caught up");
            process.Terminate();
            var ended = process.Wait();
            Assert.Equal(0, ended.Code);
            Assert.Contains($"The objects are kept in {_folder["camera.objects"]}", ended.Errors, StringComparison.Ordinal);
        }

        using var again = Start();
        again.WaitToSay("Objects restored and followed on: 1");

        LiveProcess Start() => LiveProcess.With(
            new() { ["STATE_DIRECTORY"] = $"{_folder.Root}:/nowhere" }, $"--Web:Address={address}",
            "--Capture:Source=test:moving?size=320x240&fps=15", "--Segment:Size=96x96");
    }

    [Fact]
    public void Objects_outlive_a_restart_also_where_nobody_can_point_at_any()
    {
        using (var process = Start($"--Objects:Mask={Path.Combine(Repository.Folder, "samples", "cup-mask.png")}"))
        {
            Assert.Contains($"The objects are kept in {_folder["camera.objects"]}", process.Wait().Errors, StringComparison.Ordinal);
        }

        using var again = Start();
        again.WaitToSay("Objects restored and followed on: 2");

        LiveProcess Start(params string[] more) => new(
            [
                "--Web:Enabled=false", $"--Capture:Source={Path.Combine(Repository.Folder, "samples", "cup.mp4")}", "--Capture:Live=true",
                "--Segment:Size=96x96", $"--Objects:StateFolder={_folder.Root}", .. more,
            ]);
    }

    [Fact]
    public async Task A_kept_file_that_is_broken_is_set_aside_and_the_service_starts_without_it()
    {
        await using (var service = await StartAsync(Keeping))
        {
            await service.AddDiscAsync();
            await service.UntilStateAsync(1, "tracking");
        }

        var bytes = await File.ReadAllBytesAsync(_folder["camera.objects"], Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(_folder["camera.objects"], bytes, Cancellation);
        await using var again = await StartAsync(Keeping);
        Assert.Equal([".lock", "camera.objects.broken"], _folder.Names);
        Assert.Empty((await again.ObjectsAsync()).GetProperty("objects").EnumerateArray());
        await again.AddDiscAsync();
    }

    [Fact]
    public async Task Another_process_goes_on_with_a_file_and_refuses_one_that_is_damaged_or_holds_too_much()
    {
        byte[] file;
        await using (var service = await StartAsync())
        {
            await service.AddDiscAsync(name: "red disc");
            await service.AddDiscAsync();
            await service.UntilStateAsync(1, "tracking");
            await service.UntilStateAsync(2, "tracking");
            file = await service.Http.GetByteArrayAsync(Memory, Cancellation);
        }

        await using var other = await StartAsync(s => s with { Segment = s.Segment with { Size = new FrameSize(128, 96) } });
        await other.AddDiscAsync();
        var revision = (await other.ObjectsAsync()).GetProperty("revision").GetInt64();
        for (var at = 0; at < file.Length; at += file.Length / 5)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x40;
            await RefusedAsync(HttpStatusCode.UnprocessableEntity, await other.SendAsync(HttpMethod.Put, Memory, damaged));
            await RefusedAsync(HttpStatusCode.UnprocessableEntity, await other.SendAsync(HttpMethod.Put, Memory, file[..at]));
        }

        await RefusedAsync(HttpStatusCode.PreconditionFailed, await other.SendAsync(HttpMethod.Put, Memory, file, ("If-Match", "\"0\"")));
        Assert.Equal(revision, (await other.ObjectsAsync()).GetProperty("revision").GetInt64());

        var restored = await AnsweredAsync(
            HttpStatusCode.OK, await other.SendAsync(HttpMethod.Put, Memory, file, ("If-Match", $"\"{revision}\"")));
        Assert.Equal((revision + 1, "red disc,object 2"), (restored.GetProperty("revision").GetInt64(), Names(restored)));
        await other.UntilAsync(async () => (await other.ObjectsAsync()).GetProperty("objects")[0].GetProperty("area").GetInt32() > 0);

        await using var small = await StartAsync(
            s => s with { Budget = s.Budget with { MaxObjects = 1 }, Objects = s.Objects with { FileMegabytes = 1 } });
        Assert.Contains(
            "Budget:MaxObjects",
            await RefusedAsync(HttpStatusCode.Conflict, await small.SendAsync(HttpMethod.Put, Memory, file)),
            StringComparison.Ordinal);
        // A sender who is still sending hears it all the same.
        for (var i = 0; i < 10; i++)
        {
            Assert.Contains(
                "Objects:FileMegabytes",
                await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, await small.SendAsync(HttpMethod.Put, Memory, new byte[20 << 20])),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_another_object_is_given_corrected_and_removed_memory_holds_the_same_of_the_first_bit_for_bit()
    {
        // Nothing is written by itself and no window moves, so that every difference is a command's.
        await using var service = await StartAsync(s => s with { Segment = s.Segment with { Window = WindowMode.Off }, Memory = new MemoryOptions { Trigger = TriggerKind.Never, PreviousFrame = false } });
        await service.AddDiscAsync();
        await service.UntilStateAsync(1, "tracking");
        var before = await TensorsAsync(service);
        Assert.Equal(2, before.Count);

        var frame = await service.FrameAsync();
        await service.UntilAsync(async () => await service.FrameAsync() > frame + 5);
        await service.AddDiscAsync(frame);
        await service.UntilStateAsync(2, "tracking");
        Assert.Equal(before, await TensorsAsync(service));

        frame = await service.FrameAsync();
        await AnsweredAsync(
            HttpStatusCode.OK,
            await service.SendAsync(HttpMethod.Post, Objects + "/2/corrections", new { frame, prompt = new { polygon = Outline(frame) } }));
        await service.UntilStateAsync(2, "tracking");
        Assert.Equal(before, await TensorsAsync(service));

        await AnsweredAsync(HttpStatusCode.NoContent, await service.SendAsync(HttpMethod.Delete, Objects + "/2"));
        Assert.Equal(before, await TensorsAsync(service));
    }

    // The keys and values that memory holds of the first object, as text; what it looked like last changes with every frame. A safetensors
    // file begins with the length of its header, which follows; a snapshot holds one.
    private static async Task<SortedDictionary<string, string>> TensorsAsync(ControlledService service)
    {
        var file = await service.Http.GetByteArrayAsync(Memory, Cancellation);
        var start = file.AsSpan().IndexOf("{\""u8);
        var length = (int)BitConverter.ToInt64(file, start - 8);
        var header = JsonElement.Parse(file.AsSpan(start, length));
        var tensors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tensor in header.EnumerateObject().Where(t => t.Name is "object.1.keys" or "object.1.values"))
        {
            var offsets = tensor.Value.GetProperty("data_offsets");
            var (from, to) = (offsets[0].GetInt32(), offsets[1].GetInt32());
            tensors[tensor.Name] = Convert.ToHexString(file.AsSpan(start + length + from, to - from));
        }

        return tensors;
    }

    // A look that comes too early is followed by the next one.
    private static bool Add(HttpClient client)
    {
        Thread.Sleep(50);
        try
        {
            using var answer = client
                .PostAsJsonAsync(Objects, new { prompt = new { box = (int[])[100, 90, 120, 110] } }, Cancellation)
                .GetAwaiter()
                .GetResult();
            return answer.StatusCode == HttpStatusCode.Created;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string Names(JsonElement list) =>
        string.Join(",", list.GetProperty("objects").EnumerateArray().Select(o => o.GetProperty("name").GetString()));

    private Settings Keeping(Settings settings) => settings with { Objects = settings.Objects with { StateFolder = _folder.Root } };
}
