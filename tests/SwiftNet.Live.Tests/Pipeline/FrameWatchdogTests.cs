using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class FrameWatchdogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PipelineRun _run = new(
        new ServiceLife(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), 2), NullLogger<PipelineRun>.Instance);
    private readonly FrameWatchdog _progress;
    private bool _away;

    public FrameWatchdogTests() => _progress = new FrameWatchdog("gate", _run, () => TimeSpan.FromSeconds(0.04), () => _away, _time);

    [Fact]
    public void Frames_that_are_written_are_progress_and_so_are_frames_that_a_sink_could_not_take()
    {
        Frame(_run.Ledger.Written);
        Assert.True(_progress.Check());
        Frame(_run.Ledger.Failed);
        Assert.True(_progress.Check());
    }

    [Fact]
    public void Behind_a_stage_that_is_stuck_captured_and_dropped_frames_are_none()
    {
        Frame(_run.Ledger.Written);
        Assert.True(_progress.Check());
        _run.Ledger.Captured();
        for (var look = 0; look < 3; look++)
        {
            Frame(() => _run.Ledger.Dropped(DropCause.OvertakenBeforeSegment));
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.False(_progress.Check());
        }

        _run.Ledger.Written();
        Assert.True(_progress.Check());
    }

    [Fact]
    public void A_source_that_is_known_to_be_away_is_waited_for_but_a_frame_that_is_stuck_meanwhile_is_not()
    {
        Frame(_run.Ledger.Written);
        Assert.True(_progress.Check());
        _away = true;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_progress.Check());

        _run.Ledger.Captured();
        Assert.False(_progress.Check());
    }

    [Fact]
    public void A_source_that_says_nothing_is_waited_for_three_frames_long()
    {
        _time.Advance(TimeSpan.FromSeconds(0.11));
        Assert.True(_progress.Check());
        _time.Advance(TimeSpan.FromSeconds(0.11));
        Assert.False(_progress.Check());

        Frame(_run.Ledger.Written);
        Assert.True(_progress.Check());
        _time.Advance(TimeSpan.FromSeconds(0.11));
        Assert.True(_progress.Check());
    }

    [Fact]
    public void A_source_that_has_ended_is_waited_for_by_nobody()
    {
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(_progress.Check());
        _run.End();
        Assert.True(_progress.Check());
    }

    private void Frame(Action end)
    {
        _run.Ledger.Captured();
        end();
    }
}
