using System.Text;
using System.Text.Json;
using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.Capture.Peers;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>The real executable with prompts that a live camera's first picture does not answer.</summary>
public sealed class StartPromptsTests : IDisposable
{
    private const string Yard = """{ "Name": "yard", "Capture": { "Source": "test:moving?size=160x96&fps=30" } }""";
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly int _port = Broker.FreePort();
    private volatile bool _light;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_camera_that_begins_in_the_dark_is_waited_for_and_its_object_is_found_when_there_is_light()
    {
        using var camera = new MjpegCamera(PicturesAsync);
        using var process = Start($$"""{ "Name": "gate", "Capture": { "Source": "{{camera.Address}}" }, "Objects": { "Mask": "{{Sample("cup-mask.png")}}", "Boxes": [ "200,100,120,160" ] } }""");

        process.WaitToSay("The picture is dark");
        process.WaitUntil(() => Of("gate").GetProperty("frame").GetInt64() > 5 && Of("yard").GetProperty("frame").GetInt64() > 5);
        Assert.Contains("dark", Of("gate").GetProperty("start_prompts").GetString(), StringComparison.Ordinal);
        _light = true;
        process.WaitUntil(() => Of("gate").GetProperty("objects").GetArrayLength() == 3);
        Assert.Equal(JsonValueKind.Null, Of("gate").GetProperty("start_prompts").ValueKind);
        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
    }

    [Theory]
    [InlineData("\"Mask\": \"{0}\"", "their shapes differ", 0)]
    [InlineData("\"Mask\": \"/nowhere.png\"", "does not exist", 0)]
    [InlineData("\"Boxes\": [ \"500,500,20,20\" ]", "leaves it at 500,500", 0)]
    [InlineData("\"Boxes\": [ \"500,500,20,20\" ], \"Polygons\": [ \"64,40;80,36;96,40;100,56;96,72;80,76;64,72;60,56\" ]", "leaves it at 500,500", 1)]
    public void A_prompt_that_does_not_fit_costs_neither_its_camera_nor_the_others(string objects, string why, int found)
    {
        IndexedPng.Write(_folder["mask.png"], 96, 96, [.. Enumerable.Repeat((byte)1, 96 * 96)]);
        using var process = Start($$"""{ "Name": "gate", "Objects": { {{string.Format(objects, _folder["mask.png"])}} } }""");

        process.WaitToSay("is looked for on later pictures");
        process.WaitUntil(() => Of("gate").GetProperty("frame").GetInt64() > 5 && Of("yard").GetProperty("frame").GetInt64() > 5);
        Assert.Contains(why, Of("gate").GetProperty("start_prompts").GetString(), StringComparison.Ordinal);
        process.WaitUntil(() => Of("gate").GetProperty("objects").GetArrayLength() == found);
        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_its_outputs_alone()
    {
        File.WriteAllText(_folder["file"], "a file where the folder should be");
        using var process = Start($$"""{ "Name": "gate", "Output": { "Directory": "{{_folder["file"]}}", "JsonLines": true, "Masks": true, "Overlay": true, "Recording": { "Enabled": true } } }""");

        process.WaitToSay("The output 'json lines' fails");
        process.WaitUntil(() => Of("gate").GetProperty("frame").GetInt64() > 5 && Of("yard").GetProperty("frame").GetInt64() > 5);
        process.WaitUntil(
            () => Of("gate").GetProperty("sinks").EnumerateArray().Count(sink => sink.GetProperty("failing").GetBoolean()) == 4);

        // It can be written after all.
        File.Delete(_folder["file"]);
        process.WaitUntil(
            () =>
                Directory.Exists(_folder["file/objects"])
                    && Directory.Exists(_folder["file/masks"])
                    && Directory.Exists(_folder["file/overlay"])
                    && Directory.Exists(_folder["file/recordings"]));
        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
    }

    private LiveProcess Start(string camera)
    {
        File.WriteAllText(_folder["settings.json"], $$"""
            {
              "Capture": { "Source": "test:still?size=160x96&fps=30" }, "Segment": { "Size": "96x96" },
              "Output": { "Directory": "{{_folder["out"]}}" }, "Web": { "Address": "http://127.0.0.1:{{_port}}" },
              "Cameras": [ {{camera}}, {{Yard}} ]
            }
            """);
        return new LiveProcess("run", "--settings", _folder["settings.json"]);
    }

    // Black with the noise of a sensor, then the cup.
    private async Task PicturesAsync(int request, string head, Stream stream)
    {
        using var film = new VideoCapture(Sample("cup.mp4"), VideoCaptureAPIs.FFMPEG);
        using var cup = new Mat();
        Assert.True(film.Read(cup));
        using var dark = new Mat(cup.Size(), MatType.CV_8UC3);
        Cv2.Randu(dark, new Scalar(0, 0, 0), new Scalar(9, 9, 9));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(MjpegCamera.Head), TestContext.Current.CancellationToken);
        while (true)
        {
            var jpeg = (_light ? cup : dark).ImEncode(".jpg");
            var part = Encoding.ASCII.GetBytes($"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
            await stream.WriteAsync((byte[])[.. part, .. jpeg, .. "\r\n"u8], TestContext.Current.CancellationToken);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private JsonElement Of(string camera)
    {
        for (var tries = 0; ; tries++)
        {
            Thread.Sleep(50);
            try
            {
                var status = JsonElement.Parse(
                    _client.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/status")).GetAwaiter().GetResult());
                return status.GetProperty("cameras").EnumerateArray().Single(c => c.GetProperty("name").GetString() == camera);
            }
            catch (HttpRequestException) when (tries < 1000)
            {
                // It does not listen yet.
            }
        }
    }

    private static string Sample(string name) => Path.Combine(Repository.Folder, "samples", name);
}
