using SwiftNet.Live.Commands;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>What the report says of frames that were left out.</summary>
public sealed class LeftOutFramesTests
{
    private readonly Ledger _ledger = new(
        [DropCause.OvertakenBeforePreprocess, DropCause.OvertakenBeforeSegment, DropCause.OvertakenBeforeOutput]);
    private readonly PartLatencies _parts = new();

    [Fact]
    public void Each_cause_is_named_with_the_time_of_the_part_that_was_waited_for()
    {
        _parts.Encode.Add(TimeSpan.FromMilliseconds(60));
        _parts.Output.Add(TimeSpan.FromMilliseconds(50));
        Drop(DropCause.OvertakenBeforeSegment, 2);
        Drop(DropCause.OvertakenBeforeOutput, 1);

        var lines = LeftOutFrames.Describe(_ledger.Snapshot(), _parts, 25).ToArray();

        Assert.Equal(2, lines.Length);
        Assert.Matches(
            @"^2 of 3 frames waited for the network \(encode \d+\.\d ms, match 0\.0 ms, .*\); a frame came every 40 ms$", lines[0]);
        Assert.Matches(@"^1 of 3 frames waited for the drawing and the outputs \(output \d+\.\d ms\); a frame came every 40 ms$", lines[1]);
    }

    [Fact]
    public void Nothing_is_said_where_no_frame_was_left_out() => Assert.Empty(LeftOutFrames.Describe(_ledger.Snapshot(), _parts, 25));

    [Fact]
    public void Of_a_source_without_a_rate_none_is_named()
    {
        Drop(DropCause.OvertakenBeforePreprocess, 1);

        Assert.DoesNotContain("every", Assert.Single(LeftOutFrames.Describe(_ledger.Snapshot(), _parts, 0)), StringComparison.Ordinal);
    }

    private void Drop(DropCause cause, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _ledger.Captured();
            _ledger.Dropped(cause);
        }
    }
}
