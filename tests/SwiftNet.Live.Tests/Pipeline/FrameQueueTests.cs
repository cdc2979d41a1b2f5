using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class FrameQueueTests
{
    private readonly Ledger _ledger = new(DropCause.OvertakenBeforeSegment);

    [Fact]
    public void The_newest_frame_wins_and_each_overtaken_one_is_disposed_and_counted_under_its_cause()
    {
        var queue = FrameQueue.NewestWins(_ledger, DropCause.OvertakenBeforeSegment);
        var frames = Enumerable.Range(1, 5).Select(n => TestFrames.Make(n)).ToArray();

        Array.ForEach(frames, queue.Put);
        queue.Complete();

        using var newest = queue.Take()!;
        Assert.Equal(5, newest.Number);
        Assert.Null(queue.Take());
        Assert.All(frames[..4], f => Assert.True(TestFrames.IsDisposed(f)));
        Assert.False(TestFrames.IsDisposed(newest));
        var ledger = _ledger.Snapshot();
        Assert.Equal((4, 4), (ledger.Dropped, ledger.DroppedByCause[(int)DropCause.OvertakenBeforeSegment]));
    }

    [Fact]
    public void The_first_frame_of_all_is_not_overtaken_since_it_carries_the_first_mask()
    {
        var queue = FrameQueue.NewestWins(_ledger, DropCause.OvertakenBeforeSegment);
        var frames = Enumerable.Range(0, 3).Select(n => TestFrames.Make(n)).ToArray();

        Array.ForEach(frames, queue.Put);

        using var first = queue.Take()!;
        Assert.Equal(0, first.Number);
        Assert.Equal(2, _ledger.Snapshot().Dropped);
        Assert.All(frames[1..], f => Assert.True(TestFrames.IsDisposed(f)));
    }

    [Fact]
    public async Task While_draining_nothing_is_overtaken()
    {
        var queue = FrameQueue.NewestWins(_ledger, DropCause.OvertakenBeforeSegment);
        queue.Drain();

        var writer = Task.Run(() => Fill(queue, 20), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 20).Select(n => (long)n), Drain(queue));
        await writer;
        Assert.Equal(0, _ledger.Snapshot().Dropped);
    }

    [Fact]
    public async Task A_waiting_queue_loses_nothing_and_keeps_the_order()
    {
        var queue = FrameQueue.Waiting(2);

        var writer = Task.Run(() => Fill(queue, 5000), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 5000).Select(n => (long)n), Drain(queue));
        await writer;
    }

    [Fact]
    public async Task A_full_waiting_queue_holds_its_writer()
    {
        var queue = FrameQueue.Waiting(2);
        var writer = Task.Run(() => Fill(queue, 3), TestContext.Current.CancellationToken);

        Assert.True(SpinWait.SpinUntil(() => queue.Count == 2, TimeSpan.FromSeconds(30)));
        Assert.False(writer.IsCompleted);

        Assert.Equal([0, 1, 2], Drain(queue));
        await writer;
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken_by_the_end()
    {
        var queue = FrameQueue.Waiting(2);
        var reader = Task.Run(queue.Take, TestContext.Current.CancellationToken);

        queue.Complete();

        Assert.Null(await reader);
    }

    private static void Fill(FrameQueue queue, int count)
    {
        for (var n = 0; n < count; n++)
        {
            queue.Put(TestFrames.Make(n));
        }

        queue.Complete();
    }

    private static List<long> Drain(FrameQueue queue)
    {
        var numbers = new List<long>();
        while (queue.Take() is { } frame)
        {
            numbers.Add(frame.Number);
            frame.Dispose();
        }

        return numbers;
    }
}
