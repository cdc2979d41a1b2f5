using System.Text;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Events;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Events;

public sealed class ObjectEventDetectorTests
{
    private readonly ObjectEventDetector _watch = new(
        new EventsOptions { MovedShare = 0.5, MovedSeconds = 1, LostSeconds = 1 }, TimeProvider.System);
    private int _number;

    [Fact]
    public void An_object_appears_is_lost_after_a_while_and_recovers_each_told_once()
    {
        Assert.Empty(See(0, null));
        Assert.Equal(["Appeared 3 (10,5,20,15) 100 0.9"], See(0.1, 10));
        Assert.Empty(See(0.2, 10));
        Assert.Empty(See(0.3, -1));
        Assert.Empty(See(1.1, null));
        Assert.Equal(["Lost 3 (10,5,20,15) 100 0"], See(1.3, -1));
        Assert.Empty(See(9, -1));
        Assert.Equal(["Recovered 3 (40,5,50,15) 100 0.9"], See(9.1, 40));
        Assert.Empty(See(9.2, 40));
    }

    [Fact]
    public void A_blink_is_no_loss()
    {
        See(0, 10);
        Assert.Empty(See(0.5, -1));
        Assert.Empty(See(0.9, 10));
        Assert.Empty(See(1.5, -1));
        Assert.Empty(See(1.8, 10));
    }

    [Fact]
    public void It_has_moved_when_it_is_half_its_size_from_where_it_was_told_and_not_more_often_than_once_a_second()
    {
        See(0, 10);
        Assert.Empty(See(0.5, 30));
        Assert.Empty(See(1.1, 15));
        Assert.Equal(["Moved 3 (16,5,26,15) 100 0.9"], See(1.2, 16));
        Assert.Empty(See(1.3, 40));
        Assert.Empty(See(2.3, 16));
        Assert.Equal(["Moved 3 (40,5,50,15) 100 0.9"], See(2.4, 40));
    }

    [Fact]
    public void An_object_that_is_followed_no_more_is_not_lost_and_appears_when_it_is_given_again()
    {
        See(0, 10);
        using var without = Frames.Plain(60, 20, (0, 0, 0), _number++, 0.1).With(new byte[1200]);
        Assert.Empty(_watch.Observe(without));
        Assert.Empty(See(5, null));
        Assert.Equal(["Appeared 3 (10,5,20,15) 100 0.9"], See(5.1, 10));
    }

    [Fact]
    public void An_event_tells_the_name_and_colour_that_were_given()
    {
        using var frame = At(0.1, 10).Dressed((3, "cup", (1, 2, 3)));
        Assert.Contains(
            "\"id\":3,\"name\":\"cup\",\"colour\":\"#010203\",",
            Encoding.UTF8.GetString(EventJson.Write("yard", Assert.Single(_watch.Observe(frame)))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_JSON_with_box_and_time()
    {
        See(0, null);
        using var frame = At(0.1, 10);
        Assert.Equal(
            """{"camera":"yard \u00222\u0022","event":"appeared","id":3,"frame":1,"time":"2026-03-01T12:00:00.04+00:00","box":[10,5,10,10],"area":100,"confidence":0.9}""",
            Encoding.UTF8.GetString(EventJson.Write("yard \"2\"", Assert.Single(_watch.Observe(frame)))));
    }

    private string[] See(double seconds, int? left)
    {
        using var frame = At(seconds, left);
        return
        [
            .. _watch
                .Observe(frame)
                .Select(
                    e =>
                        $"{e.Change} {e.Id} ({e.Extent.Left},{e.Extent.Top},{e.Extent.Right},{e.Extent.Bottom}) {e.Extent.Area} "
                            + $"{e.Confidence}"),
        ];
    }

    // Null: no mask at all; -1: a mask without the object.
    private SwiftNet.Live.Pipeline.Frame At(double seconds, int? left)
    {
        var frame = Frames.Plain(60, 20, (0, 0, 0), _number++, seconds);
        return left is not { } x
            ? frame
            : frame.With(
                x < 0 ? new byte[1200] : Frames.Box(60, 20, 3, x, 5, 10, 10), objects: new ObjectConfidence(3, x < 0 ? 0.1f : 0.9f));
    }
}
