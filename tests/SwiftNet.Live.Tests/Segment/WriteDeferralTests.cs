using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Tests.Segment;

public sealed class WriteDeferralTests
{
    [Fact]
    public void In_the_slack_nothing_waits() => Assert.All(Ask(new WriteDeferral(3), false, 10), Assert.False);

    [Fact]
    public void Without_slack_a_write_waits_so_many_frames_and_then_wins() =>
        Assert.Equal([true, true, false, true, true, false, true], Ask(new WriteDeferral(2), true, 7));

    [Fact]
    public void None_waits_where_that_is_not_allowed() => Assert.All(Ask(new WriteDeferral(0), true, 5), Assert.False);

    [Fact]
    public void Slack_begins_the_count_anew()
    {
        var deferral = new WriteDeferral(2);

        Assert.True(deferral.Waits(frameWaits: true, anotherIsDue: false));
        Assert.False(deferral.Waits(frameWaits: false, anotherIsDue: false));
        Assert.Equal([true, true, false], Ask(deferral, true, 3));
    }

    [Fact]
    public void A_second_write_does_not_wait_behind_the_first()
    {
        var deferral = new WriteDeferral(5);

        Assert.True(deferral.Waits(frameWaits: true, anotherIsDue: false));
        Assert.False(deferral.Waits(frameWaits: true, anotherIsDue: true));
    }

    private static bool[] Ask(WriteDeferral deferral, bool frameWaits, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => deferral.Waits(frameWaits, anotherIsDue: false))];
}
