using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Status;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

public sealed class HealthEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_is_ready_when_every_camera_delivers_and_tells_of_each_whether_it_does()
    {
        await using var preview = new MjpegPreview();
        var (gate, yard) = (new StatusBoard(), new StatusBoard());
        await using var server = new StatusServer(
            new WebOptions { Address = "http://127.0.0.1:0" },
            [new CameraView("gate", gate, preview), new CameraView("yard", yard, preview)], NullLoggerFactory.Instance);
        await server.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Equal("live\n", await client.GetStringAsync("/health/live", Cancellation));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "gate starting False, yard starting False"), await ReadyAsync(client));
        gate.Publish(new PipelineStatus { State = "running", Delivers = true });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "gate running True, yard starting False"), await ReadyAsync(client));
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound),
            (await CodeAsync(client, "gate"), await CodeAsync(client, "yard"), await CodeAsync(client, "none")));
        yard.Publish(new PipelineStatus { State = "running", Delivers = true });
        Assert.Equal((HttpStatusCode.OK, "gate running True, yard running True"), await ReadyAsync(client));
        gate.Publish(new PipelineStatus { State = "running", Delivers = false });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "gate running False, yard running True"), await ReadyAsync(client));

        await server.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(25, 5)]
    [InlineData(0.1, 30)]
    public void A_camera_delivers_until_it_has_been_silent_for_five_seconds_or_three_frames_time(double frameRate, double seconds)
    {
        var time = new FakeTimeProvider();
        var delivery = new DeliveryHealth(() => frameRate, time);

        Assert.False(delivery.IsAlive(0));
        Assert.True(delivery.IsAlive(1));
        time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.True(delivery.IsAlive(1));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(delivery.IsAlive(1));
        Assert.True(delivery.IsAlive(2));
    }

    private static async Task<HttpStatusCode> CodeAsync(HttpClient client, string camera)
    {
        using var answer = await client.GetAsync($"/health/ready/{camera}", Cancellation);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Code, string Cameras)> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", Cancellation);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(answer.StatusCode == HttpStatusCode.OK, json.RootElement.GetProperty("ready").GetBoolean());
        return (answer.StatusCode, string.Join(", ", json.RootElement.GetProperty("cameras").EnumerateArray()
            .Select(
                c =>
                    $"{c.GetProperty("name").GetString()} {c.GetProperty("state").GetString()} {c.GetProperty("delivers").GetBoolean()}")));
    }
}
