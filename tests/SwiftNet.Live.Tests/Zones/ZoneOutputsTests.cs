using System.Net;
using System.Text.Json;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.Telemetry;
using SwiftNet.Live.Tests.TestSupport;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Zones;

/// <summary>The real service with a disc that goes to and fro through the zone "yard", the right third of the picture, and across the
/// line "gate" at its edge.</summary>
public sealed class ZoneOutputsTests : IDisposable
{
    private const string Zones = "/api/cameras/camera/zones";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_output_tells_of_the_same_events()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        await using var webhook = new WebhookServer(_ => 204);
        await webhook.StartAsync();
        await using (var service = await StartAsync(s => WithZones(s) with
        {
            Output = s.Output with
            {
                Directory = _folder["out"],
                JsonLines = true,
                Mqtt = s.Output.Mqtt with { Host = "127.0.0.1", Port = broker.Port, Topic = "site" },
                Webhook = s.Output.Webhook with { Url = webhook.Address.ToString() },
            },
        }))
        {
            await using var stream = await service.Http.GetStreamAsync("/api/events", Cancellation);
            using var reader = new StreamReader(stream);
            await service.AddDiscAsync(name: "disc");
            foreach (var (change, member) in new[] { ("entered", "zone"), ("left", "zone"), ("crossed", "line") })
            {
                var zone = (await NewsAsync(reader, change)).GetProperty("zone");
                Assert.Equal(1, zone.GetProperty("id").GetInt32());
                Assert.Equal(member == "zone" ? "yard" : "gate", zone.GetProperty(member).GetString());
            }

            await service.UntilAsync(async () =>
                Counts(await service.GetAsync(Zones), "gate") is [> 0, > 0] && await EnteredMetricAsync(service) > 0);
        }

        var published = ZoneEventsOf(subscriber.On("site/camera/events"));
        var posted = ZoneEventsOf(webhook.Requests.Select(request => request.Body));
        var lines = Directory.GetFiles(_folder["out"], "*.jsonl", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => JsonElement.Parse(line))
            .Where(line => line.TryGetProperty("zone_events", out _))
            .SelectMany(line => line.GetProperty("zone_events").EnumerateArray())
            .Select(Text)
            .ToArray();
        Assert.Equal(lines, published);
        Assert.Equal(lines, posted);
        foreach (var text in (string[])["entered yard disc 1", "left yard disc 1", "crossed gate forward disc 1", "crossed gate backward disc 1"])
        {
            Assert.Contains(text, lines);
        }
    }

    [Fact]
    public async Task Drawn_zones_and_counts_are_there_after_a_restart()
    {
        Func<Settings, Settings> change = s => WithZones(s) with { Objects = s.Objects with { StateFolder = _folder.Root } };
        long[] counts;
        await using (var service = await StartAsync(change))
        {
            await AnsweredAsync(HttpStatusCode.Created, await AddAsync(service, "left side", [0, 0], [0.5, 0], [0.5, 1], [0, 1]));
            await service.AddDiscAsync();
            await service.UntilAsync(async () => Counts(await service.GetAsync(Zones), "left side") is [> 0, > 0, ..]);
            counts = Counts(await service.GetAsync(Zones), "left side");
        }

        await using var again = await StartAsync(change);
        var zones = await again.GetAsync(Zones);
        Assert.Equal(["yard", "gate", "left side"], zones.GetProperty("zones").EnumerateArray().Select(NameOf));
        Assert.All(Counts(zones, "left side").Zip(counts), count => Assert.InRange(count.First, count.Second, long.MaxValue));
    }

    [Fact]
    public async Task Zones_are_drawn_counted_anew_and_removed_and_what_is_wrong_is_refused()
    {
        await using var service = await StartAsync(WithZones);
        var added = await AddAsync(service, " side door ", [0, 0], [0.5, 0], [0.5, 1]);
        Assert.Equal("/api/cameras/camera/zones/side%20door", added.Headers.Location!.ToString());
        var zone = await AnsweredAsync(HttpStatusCode.Created, added);
        Assert.Equal(("side door", "zone"), (NameOf(zone), zone.GetProperty("kind").GetString()));
        Assert.True(zone.GetProperty("drawn").GetBoolean());
        var line = await AnsweredAsync(HttpStatusCode.Created, await AddAsync(service, "Tür", [0, 0], [0.5, 0.25]));
        Assert.Equal("line", line.GetProperty("kind").GetString());
        Assert.Equal("[[0,0],[0.5,0.25]]", line.GetProperty("points").GetRawText());

        foreach (var (name, points, why) in new (string?, double[][]?, string)[]
        {
            ("a/b", [[0, 0], [1, 1]], "1 to 64 letters"),
            (new string('a', 65), [[0, 0], [1, 1]], "1 to 64 letters"),
            (null, [[0, 0], [1, 1]], "1 to 64 letters"),
            ("a", null, "pairs"),
            ("a", [[0, 0], [0, 1, 1]], "pairs"),
            ("a", [[0, 0]], "3 to 64"),
            ("a", [.. Enumerable.Range(0, 65).Select(i => (double[])[i / 65.0, i % 2])], "3 to 64"),
            ("a", [[0, 0], [0, 2]], "from 0 to 1"),
            ("a", [[0, 0], [0, 0]], "differ"),
            ("a", [[0, 0], [0, 1], [0, 0.5]], "on one line"),
        })
        {
            var problem = await RefusedAsync(HttpStatusCode.UnprocessableEntity, await AddAsync(service, name, points!));
            Assert.Contains(why, problem, StringComparison.Ordinal);
        }

        var taken = await RefusedAsync(HttpStatusCode.Conflict, await AddAsync(service, "YARD", [0, 0], [1, 1]));
        Assert.Contains("already", taken, StringComparison.Ordinal);
        foreach (var body in (string[])["""{"name":"a","points":"0,0"}""", """{"name":"a","polygon":1}""", "null"])
        {
            await RefusedAsync(HttpStatusCode.BadRequest, await service.SendAsync(HttpMethod.Post, Zones, body));
        }

        var reset = await AnsweredAsync(HttpStatusCode.OK, await DeleteAsync(service, "/side%20door/counts"));
        Assert.Equal(0, reset.GetProperty("counts").GetProperty("entered").GetInt64());
        await AnsweredAsync(HttpStatusCode.NoContent, await DeleteAsync(service, "/T%C3%BCr"));
        await RefusedAsync(HttpStatusCode.NotFound, await DeleteAsync(service, "/T%C3%BCr"));
        await RefusedAsync(HttpStatusCode.NotFound, await DeleteAsync(service, "/none/counts"));
        var refusal = await RefusedAsync(HttpStatusCode.Conflict, await DeleteAsync(service, "/yard"));
        Assert.Contains("Zones:Polygons", refusal, StringComparison.Ordinal);
        await RefusedAsync(HttpStatusCode.NotFound, await service.SendAsync(HttpMethod.Get, "/api/cameras/none/zones"));

        for (var i = 0; i < 29; i++)
        {
            await AnsweredAsync(HttpStatusCode.Created, await AddAsync(service, $"line {i}", [0, 0], [1, 1]));
        }

        refusal = await RefusedAsync(HttpStatusCode.Conflict, await AddAsync(service, "one more", [0, 0], [1, 1]));
        Assert.Contains("32", refusal, StringComparison.Ordinal);
    }

    private static Settings WithZones(Settings settings) => settings with
    {
        Zones = new ZonesOptions { Polygons = ["yard: 0.65,0;1,0;1,1;0.65,1"], Lines = ["gate: 0.65,1;0.65,0"], DwellSeconds = 0 },
    };

    private static Task<HttpResponseMessage> AddAsync(ControlledService service, string? name, params double[][] points) =>
        service.SendAsync(HttpMethod.Post, Zones, new { name, points });

    private static Task<HttpResponseMessage> DeleteAsync(ControlledService service, string path) =>
        service.SendAsync(HttpMethod.Delete, Zones + path, "");

    private static string? NameOf(JsonElement zone) => zone.GetProperty("name").GetString();

    private static long[] Counts(JsonElement list, string name)
    {
        var zone = list.GetProperty("zones").EnumerateArray().Single(zone => NameOf(zone) == name);
        return [.. zone.GetProperty("counts").EnumerateObject().Select(count => count.Value.GetInt64())];
    }

    private static async Task<double> EnteredMetricAsync(ControlledService service)
    {
        var metrics = new PrometheusText(await service.Http.GetStringAsync("/metrics", Cancellation));
        return metrics.Value("swiftnet_zone_events_total", ("zone", "yard"), ("event", "entered"));
    }

    private static string[] ZoneEventsOf(IEnumerable<string> events) => [.. events
        .Select(text => JsonElement.Parse(text))
        .Where(e => e.TryGetProperty("zone", out _) || e.TryGetProperty("line", out _))
        .Select(Text)];

    private static string Text(JsonElement e) => string.Join(' ', new[] { "event", "zone", "line", "direction", "name", "count" }
        .Select(member => e.TryGetProperty(member, out var value) ? value.ToString() : null)
        .OfType<string>());

    private static async Task<JsonElement> NewsAsync(StreamReader reader, string change)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var kind = "";
        while (true)
        {
            var line = await reader.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException();
            kind = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : kind;
            if (kind != "zone" || !line.StartsWith("data: ", StringComparison.Ordinal))
            {
                continue;
            }

            var news = JsonElement.Parse(line[6..]);
            if (news.GetProperty("change").GetString() == change)
            {
                return news;
            }
        }
    }
}
