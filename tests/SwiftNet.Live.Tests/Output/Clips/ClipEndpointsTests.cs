using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Output.Clips;

/// <summary>The real service with a disc that goes to and fro through a zone, the right third of the picture.</summary>
public sealed class ClipEndpointsTests : IDisposable
{
    private const string Clips = "/api/cameras/camera/clips";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clips_are_listed_played_in_ranges_and_deleted()
    {
        await using var service = await StartAsync(WithClips);
        Assert.Equal(0, (await service.GetAsync(Clips)).GetProperty("total").GetInt32());
        await service.AddDiscAsync(name: "disc");
        var clip = await FirstAsync(service);
        var id = clip.GetProperty("id").GetString()!;
        var happened = clip.GetProperty("events")[0];
        Assert.Equal(("entered", "yard", "disc", 1), (
            happened.GetProperty("event").GetString(),
            happened.GetProperty("zone").GetString(),
            happened.GetProperty("name").GetString(),
            happened.GetProperty("object").GetInt32()));

        // It begins before the event and ends after it.
        var into = (happened.GetProperty("time").GetDateTimeOffset() - clip.GetProperty("starts").GetDateTimeOffset()).TotalSeconds;
        Assert.InRange(into, 0.01, 1.5);
        Assert.InRange(clip.GetProperty("seconds").GetDouble(), into + 0.01, 10);
        await DownloadAsync(service, id);
        Assert.InRange(Ffmpeg.Times(_folder["video.mp4"]).Length, 2, 1000);
        Assert.Contains($"width={Width}", Ffmpeg.Probe(_folder["video.mp4"], "width"), StringComparison.Ordinal);

        var whole = await File.ReadAllBytesAsync(_folder["video.mp4"], Cancellation);
        var range = new HttpRequestMessage(HttpMethod.Get, $"{Clips}/{id}/video") { Headers = { Range = new RangeHeaderValue(10, 29) } };
        using (var part = await service.Http.SendAsync(range, Cancellation))
        {
            Assert.Equal((HttpStatusCode.PartialContent, "video/mp4"), (part.StatusCode, part.Content.Headers.ContentType!.ToString()));
            Assert.Equal($"bytes 10-29/{whole.Length}", part.Content.Headers.ContentRange!.ToString());
            Assert.Equal(whole[10..30], await part.Content.ReadAsByteArrayAsync(Cancellation));
        }

        using (var head = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Clips}/{id}/video"), Cancellation))
        {
            Assert.Equal((HttpStatusCode.OK, whole.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        }

        using var picture = await PictureAsync(service, id, "picture");
        using var snapshot = await PictureAsync(service, id, "snapshot");
        using var crop = await PictureAsync(service, id, "crop");
        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        Assert.Equal((Width, Height), (snapshot.Width, snapshot.Height));
        Assert.InRange(crop.Width, 40, Width - 1);

        // The crop is the part of the picture around the object's box; the snapshot has the object drawn in.
        var box = happened.GetProperty("box").EnumerateArray().Select(x => x.GetInt32()).ToArray();
        var centre = (X: box[0] + (box[2] / 2), Y: box[1] + (box[3] / 2));
        var margin = Math.Max(16, (int)(0.15 * Math.Max(box[2], box[3])));
        var (left, top) = (Math.Max(0, box[0] - margin), Math.Max(0, box[1] - margin));
        AssertNear(picture.At<Vec3b>(centre.Y, centre.X), crop.At<Vec3b>(centre.Y - top, centre.X - left), 40);
        using var difference = new Mat();
        Cv2.Absdiff(picture, snapshot, difference);
        Assert.True(Cv2.Norm(difference) > 1000);

        var status = (await service.GetAsync("/status")).GetProperty("cameras")[0].GetProperty("clips");
        Assert.True(status.GetProperty("written").GetInt64() > 0 && status.GetProperty("bytes").GetInt64() > whole.Length);

        await AnsweredAsync(HttpStatusCode.NoContent, await service.SendAsync(HttpMethod.Delete, $"{Clips}/{id}", ""));
        Assert.False(Directory.Exists(_folder[$"out/clips/{id}"]));
        await RefusedAsync(HttpStatusCode.NotFound, await service.SendAsync(HttpMethod.Delete, $"{Clips}/{id}", ""));
        await RefusedAsync(HttpStatusCode.NotFound, await service.SendAsync(HttpMethod.Get, $"{Clips}/{id}/video"));
    }

    [Fact]
    public async Task Hostile_ids_and_limits_are_refused_and_reach_no_other_file()
    {
        await using var service = await StartAsync(WithClips);
        await File.WriteAllTextAsync(_folder["out/video.mp4"], "secret", Cancellation);
        const string None = "2026-03-01T12-00-00.000Z";
        foreach (var id in (string[])["..", "%2e%2e", "..%2f..", "%2e%2e%2f%2e%2e%2fetc", None + "%2f..", "%00", "a%5c..%5cb", None])
        {
            foreach (var file in (string[])["/video", "/snapshot", "/picture", "/crop", "/event.json", ""])
            {
                var path = $"{Clips}/{id}{file}";
                var asked = file.Length == 0 ? service.SendAsync(HttpMethod.Delete, path, "") : service.SendAsync(HttpMethod.Get, path);
                using var answer = await asked;
                Assert.InRange((int)answer.StatusCode, 400, 405);
                Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            }
        }

        Assert.True(File.Exists(_folder["out/video.mp4"]));
        foreach (var limit in (string[])["0", "201", "-1", "x"])
        {
            var answer = await service.SendAsync(HttpMethod.Get, $"{Clips}?limit={limit}");
            Assert.StartsWith($"limit={limit}: must be", await RefusedAsync(HttpStatusCode.BadRequest, answer), StringComparison.Ordinal);
        }

        await RefusedAsync(HttpStatusCode.NotFound, await service.SendAsync(HttpMethod.Get, "/api/cameras/none/clips"));
    }

    [Fact]
    public async Task What_privacy_hides_is_in_no_file_of_a_clip()
    {
        await using var service = await StartAsync(s => WithClips(s) with
        {
            Output = s.Output with
            {
                Directory = _folder["out"],
                Clips = WithClips(s).Output.Clips,
                Privacy = new PrivacyOptions { Hide = Hidden.Background, Style = HidingStyle.Black },
            },
        });
        await service.AddDiscAsync((await service.CamerasAsync())[0].GetProperty("frame").GetInt64());
        var id = (await FirstAsync(service)).GetProperty("id").GetString()!;
        using var picture = await PictureAsync(service, id, "picture");
        using var crop = await PictureAsync(service, id, "crop");
        foreach (var shown in (Mat[])[picture, crop])
        {
            AssertNear(new Vec3b(0, 0, 0), shown.At<Vec3b>(1, 1), 6);
            AssertNear(new Vec3b(0, 0, 0), shown.At<Vec3b>(shown.Height - 2, 1), 6);
        }

        await DownloadAsync(service, id);
        var pixels = Ffmpeg.Decode(_folder["video.mp4"], "bgr24");
        for (var start = 0; start < pixels.Length; start += 3 * Width * Height)
        {
            Assert.InRange(pixels[start + (3 * (Width + 1))], 0, 6);
        }
    }

    [Fact]
    public async Task With_pictures_that_do_not_wait_for_masks_a_clip_still_shows_its_own()
    {
        await using var service = await StartAsync(s => WithClips(s) with
        {
            Output = WithClips(s).Output with { Align = Alignment.Latest },
        });
        await service.AddDiscAsync(name: "disc");
        var id = (await FirstAsync(service)).GetProperty("id").GetString()!;
        using var picture = await PictureAsync(service, id, "picture");
        using var snapshot = await PictureAsync(service, id, "snapshot");
        using var difference = new Mat();
        Cv2.Absdiff(picture, snapshot, difference);
        Assert.InRange(Cv2.Norm(difference), 1000, 0.5 * Cv2.Norm(picture));
    }

    private Settings WithClips(Settings settings) => settings with
    {
        Zones = new ZonesOptions { Polygons = ["yard: 0.65,0;1,0;1,1;0.65,1"], DwellSeconds = 0 },
        Output = settings.Output with
        {
            Directory = _folder["out"],
            Clips = new ClipsOptions { Enabled = true, Kinds = "entered", PreSeconds = 1, PostSeconds = 1, MaxSeconds = 5 },
        },
    };

    private async Task DownloadAsync(ControlledService service, string id)
    {
        var video = await service.Http.GetByteArrayAsync($"{Clips}/{id}/video", Cancellation);
        await File.WriteAllBytesAsync(_folder["video.mp4"], video, Cancellation);
    }

    private static async Task<JsonElement> FirstAsync(ControlledService service)
    {
        JsonElement found = default;
        await service.UntilAsync(async () =>
        {
            var clips = (await service.GetAsync(Clips)).GetProperty("clips");
            found = clips.GetArrayLength() > 0 ? clips[0] : default;
            return found.ValueKind == JsonValueKind.Object;
        });
        return found;
    }

    private static async Task<Mat> PictureAsync(ControlledService service, string id, string name)
    {
        using var answer = await service.Http.GetAsync($"{Clips}/{id}/{name}", Cancellation);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        return Cv2.ImDecode(await answer.Content.ReadAsByteArrayAsync(Cancellation), ImreadModes.Color);
    }

    private static void AssertNear(Vec3b expected, Vec3b actual, int tolerance)
    {
        Assert.InRange(actual.Item0, expected.Item0 - tolerance, expected.Item0 + tolerance);
        Assert.InRange(actual.Item1, expected.Item1 - tolerance, expected.Item1 + tolerance);
        Assert.InRange(actual.Item2, expected.Item2 - tolerance, expected.Item2 + tolerance);
    }
}
