using System.Net;
using System.Text.Json;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control.Api;

public sealed class EventsTests
{
    [Fact]
    public async Task Who_listens_hears_the_list_first_and_then_every_change()
    {
        await using var service = await StartAsync();
        await using var stream = await service.Http.GetStreamAsync("/api/events?camera=camera", Cancellation);
        using var reader = new StreamReader(stream);
        var (kind, list) = await ReadAsync(reader);
        Assert.Equal(("objects", 0), (kind, list.GetProperty("objects").GetArrayLength()));

        await service.AddDiscAsync(name: "disc");
        Assert.Equal(("added", 1, "catching_up"), await ChangeAsync(reader));
        Assert.Equal(("state", 1, "tracking"), await ChangeAsync(reader));
        await AnsweredAsync(
            HttpStatusCode.OK, await service.SendAsync(HttpMethod.Patch, "/api/cameras/camera/objects/1", new { paused = true }));
        await UntilAsync(reader, ("changed", 1, "paused"));
        await AnsweredAsync(HttpStatusCode.NoContent, await service.SendAsync(HttpMethod.Delete, "/api/cameras/camera/objects/1"));
        await UntilAsync(reader, ("removed", 1, "paused"));

        await AnsweredAsync(HttpStatusCode.NoContent, await service.SendAsync(HttpMethod.Delete, "/api/cameras/camera/objects"));
        (kind, list) = await ReadAsync(reader);
        Assert.Equal(("objects", "camera"), (kind, list.GetProperty("camera").GetString()));
        Assert.Equal((await service.ObjectsAsync()).GetProperty("revision").GetInt64(), list.GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task Of_a_camera_that_there_is_not_nothing_is_told()
    {
        await using var service = await StartAsync();
        await RefusedAsync(HttpStatusCode.NotFound, await service.Http.GetAsync("/api/events?camera=yard", Cancellation));
    }

    // What the network finds in between is not what is tested here.
    private static async Task UntilAsync(StreamReader reader, (string, int, string) expected)
    {
        (string Change, int Id, string State) told;
        do
        {
            told = await ChangeAsync(reader);
            Assert.True(told == expected || told.Change == "state", $"{told} in place of {expected}");
        }
        while (told != expected);
    }

    private static async Task<(string Change, int Id, string State)> ChangeAsync(StreamReader reader)
    {
        var (kind, news) = await ReadAsync(reader);
        Assert.Equal("object", kind);
        return (news.GetProperty("change").GetString()!, news.GetProperty("object").GetProperty("id").GetInt32(), news.GetProperty("object").GetProperty("state").GetString()!);
    }

    private static async Task<(string Kind, JsonElement News)> ReadAsync(StreamReader reader)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var kind = "";
        while (true)
        {
            var line = await reader.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException();
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (kind, JsonElement.Parse(line[6..]));
            }
        }
    }
}
