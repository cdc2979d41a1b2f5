using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Control;

namespace SwiftNet.Live.Tests.Control;

public sealed class CommandQueueTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_runs_on_the_thread_that_runs_the_queue_and_its_result_or_failure_comes_back()
    {
        var knocks = 0;
        var queue = new CommandQueue<string>("yard", _time) { Knock = () => knocks++ };
        var length = queue.AskAsync(on => on.Length, Cancellation);
        var failing = queue.AskAsync<int>(_ => throw new InvalidOperationException("no"), Cancellation);
        Assert.Equal((2, false), (knocks, length.IsCompleted));

        queue.Run("four");

        Assert.Equal(4, await length);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
    }

    [Fact]
    public async Task Where_there_is_no_time_for_it_a_command_is_refused_and_never_run_afterwards()
    {
        var queue = new CommandQueue<string>("yard", _time);
        var ran = false;
        var asked = queue.AskAsync(_ => ran = true, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(9));

        var refused = await Assert.ThrowsAsync<ControlRefusedException>(() => asked);
        queue.Run("late");

        Assert.Equal((Refusal.Busy, false), (refused.Why, ran));
        Assert.Contains("yard", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_camera_has_ended_everything_is_refused_at_once()
    {
        var queue = new CommandQueue<string>("yard", _time);
        var waiting = queue.AskAsync(_ => 1, Cancellation);
        queue.Close();

        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<ControlRefusedException>(() => waiting)).Why);
        var late = await Assert.ThrowsAsync<ControlRefusedException>(() => queue.AskAsync(_ => 1, Cancellation));
        Assert.Contains("yard has ended", late.Message, StringComparison.Ordinal);
    }
}
