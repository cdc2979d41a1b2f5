using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Encoders;

public sealed class LiveTimelineTests
{
    private readonly WarningLog _log = new();

    [Fact]
    public void Frames_at_their_time_are_shown_once_each_though_they_come_a_little_early_or_late() =>
        Assert.Equal([0, 0, 0, 0, 0], Repeats(10, 7.0, 7.103, 7.198, 7.304, 7.396));

    [Fact]
    public void Where_frames_are_missing_the_one_before_is_shown_in_their_place() =>
        Assert.Equal([0, 2, 0, 4], Repeats(10, 7.0, 7.3, 7.4, 7.9));

    [Fact]
    public void A_burst_is_shown_whole_and_the_time_it_took_is_made_up_for() =>
        Assert.Equal([0, 0, 0, 0, 1], Repeats(10, 7.0, 7.01, 7.02, 7.03, 7.5));

    [Fact]
    public void Of_a_long_gap_five_seconds_are_shown_with_a_warning_and_time_goes_on_from_there()
    {
        Assert.Equal([0, 0, 50, 0, 1], Repeats(10, 7.0, 7.1, 3607.1, 3607.2, 3607.4));
        Assert.Equal("No frames for 3599.9 s before frame 2: the overlay video shows 5 s of the gap", Assert.Single(_log.Warnings));
    }

    [Fact]
    public void A_source_that_is_faster_than_it_says_does_not_play_slowly()
    {
        var repeats = Repeats(10, [.. Enumerable.Range(0, 400).Select(n => n / 20.0)]);

        // 20 s at 10 pictures a second, and the second that the video may be ahead.
        Assert.InRange(repeats.Count(shown => shown is not null), 205, 212);
        Assert.All(repeats, shown => Assert.True(shown is null or 0));
    }

    private List<long?> Repeats(double rate, params double[] seconds)
    {
        var timeline = new LiveTimeline(() => rate, TimeProvider.System, _log);
        var repeats = new List<long?>();
        foreach (var at in seconds)
        {
            using var frame = Frames.Plain(2, 2, (0, 0, 0), repeats.Count, at);
            repeats.Add(timeline.RepeatsBefore(frame));
        }

        return repeats;
    }
}
