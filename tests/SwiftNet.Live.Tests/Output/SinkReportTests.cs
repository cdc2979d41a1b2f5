using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output;

public sealed class SinkReportTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WarningLog _log = new();
    private readonly SinkReport _report;

    public SinkReportTests() => _report = new SinkReport(new SinkCounters("masks"), _time, _log);

    [Fact]
    public void A_failure_on_every_frame_is_told_once_and_so_is_its_end()
    {
        for (var i = 0; i < 100; i++)
        {
            _report.Refused("no space left");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(_report.Counters.IsFailing);
        _report.Took();
        _report.Took();

        Assert.Equal(
            [
                "The output 'masks' fails: no space left. It is retried; other outputs are not affected",
                "The output 'masks' works again after 100.0 s; results lost so far: 100 failed, 0 dropped from its queue",
            ],
            _log.Warnings);
        Assert.Equal(
            (2, 100, "no space left", false),
            (_report.Counters.Taken, _report.Counters.Failed, _report.Counters.LastError, _report.Counters.IsFailing));
    }

    [Fact]
    public void A_sink_that_fails_now_and_then_is_told_of_once_a_minute_at_most()
    {
        for (var i = 0; i < 600; i++)
        {
            if (i % 2 == 0)
            {
                _report.Refused("no space left");
            }
            else
            {
                _report.Took();
            }

            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        // Two minutes: reported at the start, at one minute, and the end of each.
        Assert.InRange(_log.Warnings.Count, 2, 6);
        Assert.Equal(300, _report.Counters.Failed);
    }
}
