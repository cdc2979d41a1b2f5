using System.Text.Json;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control;

public sealed class MqttCommandsTests
{
    private const string Command = "swiftnet-live/camera/command";
    private const string Answer = "swiftnet-live/camera/answer";

    [Fact]
    public async Task The_same_commands_are_obeyed_and_answered_over_MQTT()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var peer = await Subscriber.To(broker);

        // One that is kept from before is not obeyed.
        await peer.PublishAsync(Command, """{"id":"old","do":"reset"}""", retain: true);
        await using var service = await StartAsync(
            s => s with { Output = s.Output with { Mqtt = new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Commands = true } } });
        peer.WaitFor("swiftnet-live/camera/status", "online");

        var frame = await service.FrameAsync();
        var preview = await AskAsync(new { id = 1, @do = "preview", frame, prompt = new { polygon = Outline(frame) } });
        Assert.Equal(
            (true, 200, frame),
            (
                preview.GetProperty("ok").GetBoolean(),
                preview.GetProperty("status").GetInt32(),
                preview.GetProperty("result").GetProperty("frame").GetInt64()));
        var added = await AskAsync(new { id = "two", @do = "add", name = "disc", frame, prompt = new { polygon = Outline(frame) } });
        Assert.Equal(
            (true, 201, "disc"),
            (
                added.GetProperty("ok").GetBoolean(),
                added.GetProperty("status").GetInt32(),
                added.GetProperty("result").GetProperty("name").GetString()));
        await service.UntilStateAsync(1, "tracking");

        frame = await service.FrameAsync();
        Assert.True(
            (await AskAsync(new { id = 3, @do = "correct", @object = 1, frame, prompt = new { polygon = Outline(frame) } }))
                .GetProperty("ok")
                .GetBoolean());
        await service.UntilStateAsync(1, "tracking");
        Assert.Equal(
            "#102030",
            (await AskAsync(new { id = 4, @do = "change", @object = 1, colour = "#102030" }))
                .GetProperty("result")
                .GetProperty("colour")
                .GetString());

        foreach (var (asked, status, says) in new (object, int, string)[]
        {
            (new { id = 5, @do = "remove", @object = 9 }, 404, "9"),
            (new { id = 6, @do = "remove" }, 400, "object"),
            (new { id = 7, @do = "dance" }, 400, "do"),
            (new { id = 8, @do = "remove", @object = 1, revision = 0 }, 412, "revision"),
            (new { id = 9, @do = "add", frame = -1, prompt = new { } }, 410, "kept"),
            (new { id = 10, @do = "add", prompt = new { box = (int[])[900, 1, 2, 3] } }, 422, "320x240"),
        })
        {
            var refused = await AskAsync(asked);
            Assert.Equal((false, status), (refused.GetProperty("ok").GetBoolean(), refused.GetProperty("status").GetInt32()));
            Assert.Contains(says, refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        await peer.PublishAsync(Command, "no JSON");
        Assert.Equal(400, JsonElement.Parse(peer.WaitFor(Answer, 11)[^1]).GetProperty("status").GetInt32());
        Assert.True((await AskAsync(new { id = 11, @do = "remove", @object = 1 })).GetProperty("ok").GetBoolean());
        Assert.True((await AskAsync(new { id = 12, @do = "reset" })).GetProperty("ok").GetBoolean());
        Assert.Empty((await service.ObjectsAsync()).GetProperty("objects").EnumerateArray());
        Assert.DoesNotContain(peer.On(Answer), answer => answer.Contains("old", StringComparison.Ordinal));

        async Task<JsonElement> AskAsync(object command)
        {
            var id = JsonSerializer.SerializeToElement(command).GetProperty("id").GetRawText();
            await peer.PublishAsync(Command, JsonSerializer.Serialize(command));
            JsonElement? answer = null;
            await service.UntilAsync(() => Task.FromResult((answer = Find(id)) is not null));
            return answer!.Value;
        }

        JsonElement? Find(string id) =>
            peer
                .On(Answer)
                .Select(text => JsonElement.Parse(text))
                .Cast<JsonElement?>()
                .FirstOrDefault(a => a!.Value.GetProperty("id").GetRawText() == id);
    }

    [Fact]
    public async Task Unless_that_is_asked_for_nothing_is_obeyed()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var peer = await Subscriber.To(broker);
        await using var service = await StartAsync(s => s with { Output = s.Output with { Mqtt = new MqttOptions { Host = "127.0.0.1", Port = broker.Port, StateSeconds = 0.1 } } });
        peer.WaitFor("swiftnet-live/camera/status", "online");
        await peer.PublishAsync(Command, """{"id":1,"do":"reset"}""");

        // Frames pass by, and there is no answer.
        var states = peer.On("swiftnet-live/camera/state").Length;
        peer.WaitFor("swiftnet-live/camera/state", states + 5);
        Assert.Empty(peer.On(Answer));
    }
}
