using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Control;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Control;

public sealed class PointedFramesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PointedFrames _frames;

    public PointedFramesTests() => _frames = new PointedFrames(_time);

    public void Dispose() => _frames.Dispose();

    [Fact]
    public void A_frame_stays_for_a_minute_after_it_was_asked_for_last()
    {
        Assert.Equal(7, Ask(7, Make));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(7, Ask(7, Nothing));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(7, Ask(7, Nothing));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(Ask(7, Nothing));
    }

    [Fact]
    public void What_stood_in_for_a_frame_does_so_the_next_time_and_is_found_by_its_own_number()
    {
        Assert.Equal(8, Ask(7, _ => Make(8)));
        Assert.Equal(8, Ask(7, Nothing));
        Assert.Equal(8, Ask(8, Nothing));
    }

    [Fact]
    public void Of_more_than_four_the_one_that_was_asked_for_longest_ago_goes()
    {
        foreach (var number in (long[])[1, 2, 3, 4])
        {
            Ask(number, Make);
        }

        Ask(1, Nothing);
        Ask(5, Make);
        Assert.Null(Ask(2, Nothing));
        Assert.All((long[])[1, 3, 4, 5], number => Assert.Equal(number, Ask(number, Nothing)));
    }

    private long? Ask(long number, Func<long, KeptFrame?> find)
    {
        using var frame = _frames.Get(number, find);
        return frame?.Number;
    }

    private static KeptFrame? Nothing(long number) => null;

    private static KeptFrame Make(long number)
    {
        using var frame = Frames.Plain(4, 2, (0, 0, 0), number);
        return new KeptFrame(frame);
    }
}
