using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Fleets of two nodes on other stores than Redis alone.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetStoreTests(ITestOutputHelper output)
{
    private const string Objects = "/api/cameras/gate/objects";
    private const string RealNetwork = $$"""
        "Capture": { "Source": "{{ControlledService.Source}}" },
        "Segment": { "Size": "160x128" },
        "Budget": { "Fixed": true }
        """;

    [Fact]
    public async Task An_object_that_another_node_was_asked_for_is_followed_on_with_its_name_and_colour_when_the_node_that_followed_it_is_killed()
    {
        using var redis = new RedisServer();
        using var s3 = new S3Server();
        using var nodes = new Nodes("redis", redis.Connection, """{ "Name": "gate" }""", leaseSeconds: 8, RealNetwork);
        string[] snapshots = [$"--Fleet:S3:Endpoint={s3.Options.Endpoint}", "--Fleet:S3:AccessKey=S3RVER", "--Fleet:S3:SecretKey=S3RVER"];
        nodes.Start("a", null, snapshots);
        nodes.Start("b", null, snapshots);
        var before = nodes.WaitUntil(
            "a",
            cameras =>
                cameras is [{ State: "running" }]
                    && nodes.Status("b") is { } status
                    && status.GetProperty("boxes").GetArrayLength() == 2)[0];
        var (owner, other) = before.Node == "a" ? ("a", "b") : ("b", "a");

        // Every call is sent to the node that does not run the camera.
        long frame = -1;
        await ThreeNodes.UntilAsync(
            async () =>
            {
                using var picture = await nodes.AskAsync(HttpMethod.Get, other, "/api/cameras/gate/snapshot.jpg");
                return picture.IsSuccessStatusCode
                    && picture.Content.Headers.ContentType!.MediaType == "image/jpeg"
                    && long.TryParse(picture.Headers.GetValues("X-Frame-Id").Single(), out frame);
            },
            "There is no picture.");
        using var wish = JsonBody(
            new { frame, name = "red disc", colour = "#20a060", prompt = new { polygon = ControlledService.Outline(frame) } });
        using var added = await nodes.AskAsync(HttpMethod.Post, other, Objects, wish);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.NotNull(added.Headers.ETag);
        using (var refused = await nodes.AskAsync(HttpMethod.Delete, other, $"{Objects}/1", headers: [("If-Match", "\"0\"")]))
        {
            Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        }

        using (var unknown = await nodes.AskAsync(HttpMethod.Get, other, "/api/cameras/none/objects"))
        {
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }

        JsonElement followed = default;
        await ThreeNodes.UntilAsync(
            async () =>
                (followed = await FirstAsync(other)).ValueKind == JsonValueKind.Object
                    && followed.GetProperty("state").GetString() == "tracking",
            "It is not followed.");
        Assert.Equal("1 red disc #20a060", Called(followed));
        Assert.Equal("1 red disc #20a060", Called(await FirstAsync(owner)));
        await ThreeNodes.UntilAsync(() => Task.FromResult(s3.Count == 2), "No snapshots are in the S3 store.");

        nodes[owner].Signal(9);
        var at = Stopwatch.GetTimestamp();
        var after = nodes.WaitUntil(
            other, cameras => cameras is [{ State: "running", Objects: 1, ResumedFrom: > 0 } now] && now.Node == other)[0];
        output.WriteLine(
            $"The object is followed on elsewhere {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after its node "
                + "was killed; the lease is 8 s.");
        Assert.True(after.Epoch > before.Epoch && after.ResumedFrom == before.Epoch, $"{after} after {before}");
        Assert.Equal("1 red disc #20a060", Called(await FirstAsync(other)));
        Assert.Equal("tracking", (await FirstAsync(other)).GetProperty("state").GetString());

        async Task<JsonElement> FirstAsync(string node)
        {
            using var answer = await nodes.AskAsync(HttpMethod.Get, node, Objects);
            return answer.IsSuccessStatusCode
                && JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("objects") is var all
                && all.GetArrayLength() == 1
                ? all[0]
                : default;
        }
    }

    [Fact]
    public async Task With_PostgreSQL_a_killed_boxs_cameras_go_on_elsewhere_too()
    {
        using var postgres = new PostgresServer();
        using var nodes = new Nodes("adonet", postgres.Connection, """{ "Name": "gate" }""", leaseSeconds: 6);
        nodes.Start("a");
        nodes.Start("b");
        var before = nodes.WaitUntil(
            "a",
            cameras =>
                cameras is [{ State: "running", Objects: 2 }]
                    && nodes.Status("b") is { } status
                    && status.GetProperty("boxes").GetArrayLength() == 2)[0];
        await using (var store = new PostgresStore(postgres.Connection, "swiftnet-live/tests"))
        {
            await ThreeNodes.UntilAsync(
                async () => await store.GetAsync(SnapshotSlots.KeyOf("gate", 0)) is not null, "No snapshot is kept.");
        }

        nodes[before.Node!].Signal(9);
        var other = before.Node == "a" ? "b" : "a";
        var after = nodes.WaitUntil(
            other, cameras => cameras is [{ State: "running", Objects: 2, ResumedFrom: > 0 } now] && now.Node == other)[0];
        Assert.True(after.Epoch > before.Epoch && after.ResumedFrom == before.Epoch, $"{after} after {before}");
    }

    private static string Called(JsonElement followed) =>
        $"{followed.GetProperty("id")} {followed.GetProperty("name")} {followed.GetProperty("colour")}";

    private static StringContent JsonBody(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
