using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>When memory is written, with frames that wait in a real queue and the real network.</summary>
public sealed class MemoryWritesTests : IDisposable
{
    private readonly PipelineRun _run = new(
        new ServiceLife(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), 1), NullLogger<PipelineRun>.Instance);
    private readonly SharedNetwork _network = new(
        new Settings { Segment = new SegmentOptions { Device = "cpu" } }, NullLogger<SharedNetwork>.Instance);
    private readonly FrameQueue _input = FrameQueue.Waiting(1);
    private WindowedSegmenter? _segmenter;
    private long _number = 100;

    [Fact]
    public void In_the_slack_every_due_frame_is_written_at_once()
    {
        var writes = Start(new BudgetOptions(), previousFrame: true);
        for (var i = 0; i < 3; i++)
        {
            Step(writes);
        }

        Assert.Equal((3, 103), (_run.Network!.Writes, _run.Network.LastWrite));
        AssertCounts(deferred: 0, forced: 0, skipped: 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void While_frames_wait_a_write_waits_and_then_wins_and_none_is_lost(bool previousFrame)
    {
        var writes = Start(new BudgetOptions(), previousFrame);
        _input.Put(TestFrames.Make(200));

        Step(writes);
        Assert.Equal(0, _run.Network!.Writes);
        AssertCounts(deferred: 1, forced: 0, skipped: 0);

        // Another is due: the first goes before the frame that waits, and the second waits in its place.
        Step(writes);
        Assert.Equal((1, 101), (_run.Network.Writes, _run.Network.LastWrite));
        AssertCounts(deferred: 2, forced: 1, skipped: 0);

        // There is slack again: both are written.
        _input.Take()!.Dispose();
        Step(writes);
        Assert.Equal((3, 103), (_run.Network.Writes, _run.Network.LastWrite));
        AssertCounts(deferred: 2, forced: 1, skipped: 0);
    }

    [Fact]
    public void A_frame_that_is_not_due_becomes_the_previous_frame_only_where_there_is_time_or_patience_ends()
    {
        var writes = Start(new BudgetOptions(), previousFrame: true, interval: 1000);
        _input.Put(TestFrames.Make(200));

        for (var i = 0; i < 4; i++)
        {
            Step(writes);
        }

        Assert.Equal(0, _run.Network!.Writes);
        AssertCounts(deferred: 0, forced: 0, skipped: 2);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Files_and_what_is_pinned_never_wait(bool live, bool pin)
    {
        var writes = Start(new BudgetOptions { Fixed = pin }, previousFrame: true, live: live);
        _input.Put(TestFrames.Make(200));

        Step(writes);

        Assert.Equal(1, _run.Network!.Writes);
        AssertCounts(deferred: 0, forced: 0, skipped: 0);
    }

    public void Dispose()
    {
        _segmenter?.Dispose();
        _network.Dispose();
        while (_input.Count > 0)
        {
            _input.Take()?.Dispose();
        }
    }

    private MemoryWrites Start(BudgetOptions options, bool previousFrame, int interval = 1, bool live = true)
    {
        var memory = new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = interval, PreviousFrame = previousFrame };
        _segmenter = new WindowedSegmenter(_network.Open(), memory, new WindowOptions { Enabled = false }) { BelievesAll = true };
        _segmenter.Start(Picture(), new IdMask(48, 32, [.. Enumerable.Range(0, 48 * 32).Select(i => (byte)(i % 48 < 20 ? 1 : 0))]));
        _run.Network = new NetworkState("cpu", new FormatChoice("float32", "", []), 48, 32);
        var budget = new LiveBudget(new Settings { Budget = options, Memory = memory }, live, () => 25, _run, NullLogger.Instance);
        return new MemoryWrites(_segmenter, _network, budget, previousFrame, _input, _run);
    }

    private void Step(MemoryWrites writes) => writes.After(++_number, _segmenter!.Step(Picture()).Due);

    private static FrameImage Picture() =>
        new(Enumerable.Range(0, 3 * 48 * 32).Select(i => (byte)(i / 3 % 48 < 20 ? 204 : 77)).ToArray(), 48, 32);

    private void AssertCounts(long deferred, long forced, long skipped) =>
        Assert.Equal((deferred, forced, skipped), (_run.Writes.Deferred, _run.Writes.Forced, _run.Writes.Skipped));
}
