using System.Net;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>What is wrong with a fleet's configuration, and what is not there.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetInputTests
{
    [Fact]
    public void Without_a_fleet_nothing_of_it_is_loaded()
    {
        using var process = new LiveProcess(
            "run", "--Capture:Source=test:moving?size=160x96&fps=20", "--Segment:Size=96x96", "--Web:Address=http://127.0.0.1:0");
        process.WaitToSay("Capturing test:moving");

        var loaded = process.Maps();
        Assert.Contains("swiftnet-live.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Orleans", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Redis", loaded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_not_there_is_one_line_without_the_password()
    {
        var result = LiveProcess.Run(
            "run",
            "--Fleet:ClusterId=tests",
            "--Fleet:Clustering=redis",
            $"--Fleet:ConnectionString=127.0.0.1:{Broker.FreePort()},password=hunter2",
            "--Web:Enabled=false");

        LiveProcess.AssertOneLine("Fleet:ConnectionString=***: the store (Redis) cannot be reached", result);
        Assert.DoesNotContain("hunter2", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_cameras_of_one_name_an_unknown_device_a_wrong_token_and_a_full_store_are_told()
    {
        using var redis = new RedisServer("--maxmemory-policy", "noeviction");
        using var nodes = new Nodes(
            "redis", redis.Connection, """{ "Name": "gate" }, { "Name": "roof", "Fleet": { "Needs": "cuda:7" } }""", leaseSeconds: 5);
        nodes.Start("a", null, "--Fleet:Dashboard=true");

        // A device that no node has: the camera waits, and the reason is reported; the other one runs.
        var cameras = nodes.WaitUntil(
            "a",
            cameras =>
                cameras.Any(c => c is { Name: "gate", State: "running", Objects: 2 })
                    && cameras.Any(c => c is { Name: "roof", State: "waiting" } && c.Why.Contains("cuda:7", StringComparison.Ordinal)));
        Assert.Contains(cameras, c => c is { Name: "roof", Why: "no node has cuda:7 (Fleet:Devices)" });

        // Orleans' dashboard is behind the page's token.
        using var stranger = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer fedcba9876543210" } } };
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await stranger.GetAsync(nodes.AddressOf("a", "/orleans/"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(nodes.AddressOf("a", "/orleans/DashboardCounters"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("Orleans Dashboard", await TextAsync("/orleans/"), StringComparison.Ordinal);
        await ThreeNodes.UntilAsync(
            async () =>
                (await TextAsync("/orleans/DashboardCounters")).Contains(nameof(SwiftNet.Live.Fleet.CameraGrain), StringComparison.Ordinal),
            "It knows of no camera.");

        // Another camera of the same name: the node that brings it ends, and says so.
        var wrong = nodes.Start("b", null, "--Cameras:0:Capture:Source=test:still?size=160x96&fps=5");
        LiveProcess.AssertOneLine(
            "Camera gate already exists in the fleet with another source, declared by node a",
            (
                wrong.Wait() is var (code, _, errors) ? code : 0,
                "",
                string.Join('\n', errors.Split('\n').Where(line => line.StartsWith("swiftnet-live:", StringComparison.Ordinal)))));
        nodes.WaitUntil("a", all => all.Any(c => c is { Name: "gate", State: "running", Node: "a", Epoch: 1 }));

        // A wrong token opens nothing of the fleet, as it opens nothing else; a page of another place changes nothing.
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await stranger.GetAsync(nodes.AddressOf("a", "/api/fleet"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(nodes.AddressOf("a", "/api/fleet/cameras/gate/move"), null, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nodes.AskAsync(HttpMethod.Get, "a", "/fleet")).StatusCode);

        async Task<string> TextAsync(string path)
        {
            using var answer = await nodes.AskAsync(HttpMethod.Get, "a", path);
            return await answer.Content.ReadAsStringAsync();
        }

        Assert.Equal(HttpStatusCode.Conflict, (await nodes.AskAsync(HttpMethod.Post, "a", "/api/fleet/cameras/none/move")).StatusCode);

        // The store takes nothing more: this is logged once, and the camera runs on.
        using (var owner = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"{redis.Connection},allowAdmin=true"))
        {
            await owner.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        }

        nodes["a"].WaitToSay("The state of camera gate could not be saved and will be retried: the store (Redis) refuses");
        nodes.WaitUntil("a", all => all.Any(c => c is { Name: "gate", State: "running", Node: "a", Epoch: 1 }));
        Assert.DoesNotContain(RedisServer.Password, nodes["a"].Said, StringComparison.Ordinal);
    }
}
