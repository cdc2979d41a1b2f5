using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Events;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Events;

public sealed class WebhookSinkTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WarningLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_posted_in_order_and_again_while_the_server_cannot_take_them()
    {
        await using var server = new WebhookServer(n => n switch { 0 => 503, 1 => 500, 3 => 429, _ => 204 });
        await server.StartAsync();
        await using var sink = Connect(server.Address.ToString(), "t0ken");
        await Write(sink, 0, 5);
        await Write(sink, 1, 30);
        await Write(sink, 2, 30);
        await WaitUntil(() => sink.OwnCounters.Taken == 2);
        await sink.CompleteAsync(Cancellation);

        var requests = server.Requests;
        Assert.Equal(
            ["appeared", "appeared", "appeared", "moved", "moved"],
            requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("event").GetString()));
        Assert.All(requests, request => Assert.Equal(("application/json", "Bearer t0ken"), (request.Type, request.Authorization)));
        Assert.Equal((2, 0, 0), (sink.OwnCounters.Taken, sink.OwnCounters.Failed, sink.OwnCounters.Dropped));
        Assert.False(sink.OwnCounters.IsFailing);
        Assert.All(
            _log.Warnings,
            line =>
                Assert.False(line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("t0ken", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task What_the_server_refuses_is_not_posted_again()
    {
        await using var server = new WebhookServer(n => n == 0 ? 400 : 200);
        await server.StartAsync();
        await using var sink = Connect(server.Address.ToString());
        await Write(sink, 0, 5);
        await Write(sink, 1, 30);
        await WaitUntil(() => sink.OwnCounters.Taken == 1);
        Assert.Equal(2, server.Requests.Length);
        Assert.Equal((1, "127.0.0.1 answered 400"), (sink.OwnCounters.Failed, sink.OwnCounters.LastError));
    }

    [Fact]
    public async Task After_ten_attempts_an_event_is_given_up_and_the_next_has_its_turn()
    {
        await using var server = new WebhookServer(n => n < 10 ? 503 : 200);
        await server.StartAsync();
        await using var sink = Connect(server.Address.ToString());
        await Write(sink, 0, 5);
        await Write(sink, 1, 30);
        await WaitUntil(() => sink.OwnCounters.Taken == 1);
        Assert.Equal(11, server.Requests.Length);
        Assert.Contains("\"moved\"", server.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Equal(1, sink.OwnCounters.Failed);
    }

    [Fact]
    public async Task A_server_that_is_not_there_holds_up_nobody_and_is_told_once_without_secrets()
    {
        var sink = Connect("http://someone:hunter2@127.0.0.1:1/hook?key=hunter2");
        for (var number = 0; number < 300; number++)
        {
            await Write(sink, number, number % 2 == 0 ? 5 : 30);
        }

        Assert.True(SpinWait.SpinUntil(() => sink.OwnCounters.IsFailing, TimeSpan.FromMinutes(2)));
        Assert.InRange(sink.OwnCounters.Dropped, 43, 44);
        var ending = sink.CompleteAsync(Cancellation).AsTask();
        await WaitUntil(() => ending.IsCompleted);
        await ending;
        await sink.DisposeAsync();

        Assert.Equal(300, sink.OwnCounters.Dropped + sink.OwnCounters.Failed);
        Assert.Equal(2, _log.Warnings.Count);
        Assert.StartsWith("The output 'webhook' fails: 127.0.0.1: ", _log.Warnings[0], StringComparison.Ordinal);
        Assert.Matches("^The output 'webhook' ended with [0-9]+ messages unsent$", _log.Warnings[1]);
        Assert.DoesNotContain("hunter2", _log.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_name_in_the_address_goes_into_the_head()
    {
        await using var server = new WebhookServer(_ => 200);
        await server.StartAsync();
        await using var sink = Connect(new UriBuilder(server.Address) { UserName = "someone", Password = "p%40ss" }.ToString());
        await Write(sink, 0, 5);
        await WaitUntil(() => sink.OwnCounters.Taken == 1);
        Assert.Equal("Basic " + Convert.ToBase64String("someone:p@ss"u8), Assert.Single(server.Requests).Authorization);
    }

    private WebhookSink Connect(string url, string? token = null) =>
        new(new WebhookOptions { Url = url, Token = token }, new EventsOptions { MovedSeconds = 0 }, "yard", _time, _log);

    // The clock runs as fast as the test likes: what waits for it comes on.
    private async Task WaitUntil(Func<bool> done)
    {
        for (var start = TimeProvider.System.GetTimestamp(); !done();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2), "Nothing came of it.");
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task Write(WebhookSink sink, int number, int left)
    {
        using var frame = Frames.Plain(60, 20, (0, 0, 0), number).With(
            Frames.Box(60, 20, 3, left, 5, 10, 10), objects: new ObjectConfidence(3, 0.9f));
        await sink.WriteAsync(frame, default, Cancellation);
    }
}
