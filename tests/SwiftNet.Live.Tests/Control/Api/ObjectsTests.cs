using System.Net;
using System.Text.Json;
using OpenCvSharp;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control.Api;

/// <summary>Objects come, go and are put right while the service runs.</summary>
public sealed class ObjectsTests : IAsyncLifetime
{
    private const string Objects = "/api/cameras/camera/objects";
    private ControlledService _service = null!;

    public async ValueTask InitializeAsync() => _service = await StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_camera_without_an_object_is_listed_with_its_newest_frame_and_that_can_be_seen()
    {
        var camera = Assert.Single(await _service.CamerasAsync());
        Assert.Equal(("camera", "streaming", "test:moving", 320, 240, 0), (
            camera.GetProperty("name").GetString(), camera.GetProperty("connection").GetString(), camera.GetProperty("source").GetString(),
            camera.GetProperty("width").GetInt32(), camera.GetProperty("height").GetInt32(), camera.GetProperty("objects").GetInt32()));

        using var answer = await _service.Http.GetAsync("/api/cameras/camera/snapshot.jpg", Cancellation);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.ToString());
        Assert.True(DateTimeOffset.TryParse(answer.Headers.GetValues("X-Frame-Time").Single(), out var time));
        Assert.InRange(DateTimeOffset.Now - time, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var number = long.Parse(answer.Headers.GetValues("X-Frame-Id").Single());
        using var picture = Cv2.ImDecode(await answer.Content.ReadAsByteArrayAsync(Cancellation), ImreadModes.Color);
        Assert.Equal((Width, Height), (picture.Width, picture.Height));

        // The disc is red, and where it is on that frame.
        var middle = AroundDisc(number);
        var pixel = picture.At<Vec3b>(middle[1] + (middle[3] / 2), middle[0] + (middle[2] / 2));
        Assert.True(pixel.Item2 > 180 && pixel.Item0 < 90, $"{pixel.Item0},{pixel.Item1},{pixel.Item2}");
    }

    [Fact]
    public async Task An_object_given_on_an_older_frame_catches_up_and_is_followed()
    {
        var frame = await _service.FrameAsync();
        await _service.UntilAsync(async () => await _service.FrameAsync() > frame + 12);
        var added = await _service.AddDiscAsync(frame, "red disc");
        Assert.Equal((1, "red disc", "#d93030", "catching_up", frame), (
            added.GetProperty("id").GetInt32(), added.GetProperty("name").GetString(), added.GetProperty("colour").GetString(),
            added.GetProperty("state").GetString(), added.GetProperty("added_frame").GetInt64()));

        await _service.UntilStateAsync(1, "tracking");
        JsonElement seen = default;
        await _service.UntilAsync(async () =>
        {
            seen = (await _service.ObjectsAsync()).GetProperty("objects")[0];
            return seen.GetProperty("area").GetInt32() > 0;
        });
        Assert.InRange(seen.GetProperty("area").GetInt32(), 2000, 20_000);
        Assert.InRange(seen.GetProperty("confidence").GetDouble(), 0.3, 1);
        Assert.Equal(4, seen.GetProperty("box").GetArrayLength());

        // The rest of the service calls it the same.
        await _service.UntilAsync(async () => (await _service.GetAsync("/status")).GetProperty("cameras")[0].GetProperty("objects") is { } objects
            && objects.GetArrayLength() == 1 && objects[0].GetProperty("name").GetString() == "red disc");
    }

    [Fact]
    public async Task What_a_prompt_is_understood_as_is_told_without_changing_anything()
    {
        var frame = await _service.FrameAsync();
        object[] prompts =
        [
            new { box = AroundDisc(frame) },
            new { points = new[] { OnDisc(frame) } },
            new { polygon = Outline(frame) },
            new { mask_png = Convert.ToBase64String(Png(Truth(frame))) },
        ];
        foreach (var prompt in prompts)
        {
            var proposal = await AnsweredAsync(
                HttpStatusCode.OK, await _service.SendAsync(HttpMethod.Post, Objects + "?preview=true", new { frame, prompt }));
            Assert.Equal(frame, proposal.GetProperty("frame").GetInt64());
            var area = Truth(frame).Count(id => id == 1);
            Assert.InRange(proposal.GetProperty("area").GetInt32(), 0.7 * area, 1.3 * area);
            Assert.Equal([Height, Width], proposal.GetProperty("mask_rle").GetProperty("size").EnumerateArray().Select(n => n.GetInt32()));

            // It can be sent back as it is.
            var again = await AnsweredAsync(
                HttpStatusCode.OK,
                await _service.SendAsync(
                    HttpMethod.Post,
                    Objects + "?preview=true",
                    new { frame, prompt = new { mask_rle = proposal.GetProperty("mask_rle") } }));
            Assert.Equal(proposal.GetProperty("area").GetInt32(), again.GetProperty("area").GetInt32());
        }

        var list = await _service.ObjectsAsync();
        Assert.Equal((0, 0), (list.GetProperty("revision").GetInt64(), list.GetProperty("objects").GetArrayLength()));
    }

    [Fact]
    public async Task Names_and_colours_change_objects_pause_and_go_on_and_no_id_is_given_twice()
    {
        await _service.AddDiscAsync();
        await _service.AddDiscAsync();
        await _service.UntilStateAsync(1, "tracking");
        await _service.UntilStateAsync(2, "tracking");

        var changed = await AnsweredAsync(
            HttpStatusCode.OK, await _service.SendAsync(HttpMethod.Patch, Objects + "/2", new { name = " ball ", colour = "#00FF80" }));
        Assert.Equal(("ball", "#00ff80"), (changed.GetProperty("name").GetString(), changed.GetProperty("colour").GetString()));
        var paused = await AnsweredAsync(
            HttpStatusCode.OK, await _service.SendAsync(HttpMethod.Patch, Objects + "/2", new { paused = true }));
        Assert.Equal(("paused", "ball"), (paused.GetProperty("state").GetString(), paused.GetProperty("name").GetString()));
        Assert.Contains(
            "paused",
            await RefusedAsync(
                HttpStatusCode.Conflict,
                await _service.SendAsync(
                    HttpMethod.Post, Objects + "/2/corrections", new { prompt = new { polygon = Outline(await _service.FrameAsync()) } })),
            StringComparison.Ordinal);
        await AnsweredAsync(HttpStatusCode.OK, await _service.SendAsync(HttpMethod.Patch, Objects + "/2", new { paused = false }));
        await _service.UntilStateAsync(2, "tracking");

        await AnsweredAsync(HttpStatusCode.NoContent, await _service.SendAsync(HttpMethod.Delete, Objects + "/1"));
        Assert.Equal("2", Ids(await _service.ObjectsAsync()));
        Assert.Equal(3, (await _service.AddDiscAsync()).GetProperty("id").GetInt32());
        Assert.Equal(4, (await _service.AddDiscAsync()).GetProperty("id").GetInt32());

        await AnsweredAsync(HttpStatusCode.NoContent, await _service.SendAsync(HttpMethod.Delete, Objects));
        Assert.Empty(Ids(await _service.ObjectsAsync()));

        // The stream goes on, and so does everything else.
        var frame = await _service.FrameAsync();
        await _service.UntilAsync(async () => await _service.FrameAsync() > frame + 3);
        Assert.Equal(5, (await _service.AddDiscAsync()).GetProperty("id").GetInt32());
        await _service.UntilStateAsync(5, "tracking");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":null,"colour":null,"paused":null}""")]
    [InlineData("""{"name":"object 1","paused":false}""")]
    public async Task A_change_that_changes_nothing_leaves_the_revision(string body)
    {
        await _service.AddDiscAsync();
        await _service.UntilStateAsync(1, "tracking");
        using var before = await _service.Http.GetAsync(Objects, Cancellation);
        using var answer = await _service.SendAsync(HttpMethod.Patch, Objects + "/1", body);
        Assert.Equal((HttpStatusCode.OK, before.Headers.ETag), (answer.StatusCode, answer.Headers.ETag));
        using var after = await _service.Http.GetAsync(Objects, Cancellation);
        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
    }

    [Fact]
    public void Once_all_ids_have_been_used_the_one_that_has_been_free_longest_is_given_again()
    {
        var table = new ObjectTable("camera", new ObjectEventBroadcaster(), TimeProvider.System);
        FollowedObject Add()
        {
            var added = table.Begin(table.FreeId(2), null, null, ObjectCondition.Tracking, 0);
            table.Add(added);
            return added;
        }

        Assert.Equal(1, Add().Id);
        for (var id = 2; id <= 255; id++)
        {
            var added = Add();
            Assert.Equal(id, added.Id);
            table.Remove(added);
        }

        Assert.Equal(2, Add().Id);
    }

    [Fact]
    public async Task A_correction_is_found_from_what_the_object_is_on_the_frame_and_the_object_goes_on()
    {
        await _service.AddDiscAsync();
        await _service.UntilStateAsync(1, "tracking");
        var frame = await _service.FrameAsync();
        await _service.UntilAsync(async () => await _service.FrameAsync() > frame + 5);

        var proposal = await AnsweredAsync(
            HttpStatusCode.OK,
            await _service.SendAsync(
                HttpMethod.Post,
                Objects + "/1/corrections?preview=true",
                new { frame, prompt = new { points = new[] { OnDisc(frame) } } }));
        Assert.True(proposal.GetProperty("area").GetInt32() > 1000);
        var corrected = await AnsweredAsync(
            HttpStatusCode.OK,
            await _service.SendAsync(
                HttpMethod.Post, Objects + "/1/corrections", new { frame, prompt = new { polygon = Outline(frame) } }));
        Assert.Equal((1, "catching_up"), (corrected.GetProperty("id").GetInt32(), corrected.GetProperty("state").GetString()));
        await _service.UntilStateAsync(1, "tracking");
        Assert.Equal("1", Ids(await _service.ObjectsAsync()));
    }

    [Fact]
    public async Task Of_two_controllers_the_one_who_has_not_seen_the_others_change_is_refused()
    {
        using var seen = await _service.Http.GetAsync(Objects, Cancellation);
        var tag = seen.Headers.ETag!.ToString();
        using (var first = await _service.SendAsync(HttpMethod.Post, Objects, new { prompt = new { polygon = Outline(await _service.FrameAsync()) } }, ("If-Match", tag)))
        {
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
            Assert.NotEqual(tag, first.Headers.ETag!.ToString());
            Assert.Equal("/api/cameras/camera/objects/1", first.Headers.Location!.ToString());
        }

        var polygon = Outline(await _service.FrameAsync());
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, Objects, new { prompt = new { polygon } }),
            (HttpMethod.Post, Objects + "/1/corrections", new { prompt = new { polygon } }),
            (HttpMethod.Patch, Objects + "/1", new { name = "mine" }),
            (HttpMethod.Delete, Objects + "/1", null),
            (HttpMethod.Delete, Objects, null),
        })
        {
            Assert.Contains(
                "revision",
                await RefusedAsync(HttpStatusCode.PreconditionFailed, await _service.SendAsync(method, path, body, ("If-Match", tag))),
                StringComparison.Ordinal);
        }

        Assert.Equal("1", Ids(await _service.ObjectsAsync()));
        using var now = await _service.Http.GetAsync(Objects, Cancellation);
        await AnsweredAsync(
            HttpStatusCode.OK,
            await _service.SendAsync(HttpMethod.Patch, Objects + "/1", new { name = "mine" }, ("If-Match", now.Headers.ETag!.ToString())));
    }

    [Fact]
    public async Task More_objects_than_the_budget_allows_are_refused()
    {
        await using var service = await StartAsync(s => s with { Budget = s.Budget with { MaxObjects = 1 } });
        await service.AddDiscAsync();
        var why = await RefusedAsync(
            HttpStatusCode.Conflict,
            await service.SendAsync(HttpMethod.Post, Objects, new { prompt = new { polygon = Outline(await service.FrameAsync()) } }));
        Assert.Contains("Budget:MaxObjects", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_of_the_configuration_can_be_changed_as_well()
    {
        await using var service = await StartAsync(s => s with { Objects = new ObjectsOptions { Boxes = ["100,90,120,110"] } });
        await service.UntilStateAsync(1, "tracking");
        await AnsweredAsync(HttpStatusCode.NoContent, await service.SendAsync(HttpMethod.Delete, Objects + "/1"));
        var frame = await service.FrameAsync();
        await service.UntilAsync(async () => await service.FrameAsync() > frame + 3);
        Assert.Empty(Ids(await service.ObjectsAsync()));
    }

    private static string Ids(JsonElement list) =>
        string.Join(",", list.GetProperty("objects").EnumerateArray().Select(o => o.GetProperty("id").GetInt32()));

    private static byte[] Png(byte[] mask)
    {
        using var picture = new Mat(Height, Width, MatType.CV_8UC1);
        picture.SetArray(Array.ConvertAll(mask, id => (byte)(255 * id)));
        return picture.ImEncode(".png");
    }
}
