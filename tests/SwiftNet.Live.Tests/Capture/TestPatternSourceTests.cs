using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

public sealed class TestPatternSourceTests
{
    [Fact]
    public void Each_picture_is_a_function_of_its_number_alone()
    {
        using var one = TestFrames.Pattern();
        using var other = TestFrames.Pattern();

        for (var n = 0; n < 20; n++)
        {
            using var a = one.Read(CancellationToken.None)!;
            using var b = other.Read(CancellationToken.None)!;
            Assert.Equal(a.Pixels.Array, b.Pixels.Array);
        }

        Assert.Null(one.Read(CancellationToken.None));
    }

    [Theory]
    [InlineData("test:moving?size=128x64")]
    [InlineData("test:moving?size=320x240")]
    [InlineData("test:moving?size=1280x720")]
    public void The_truth_covers_the_red_disc_and_nothing_else(string pattern)
    {
        using var source = TestFrames.Pattern(pattern);
        for (var n = 0; n < 60; n++)
        {
            using var frame = source.Read(CancellationToken.None)!;
            var truth = source.Truth(n);
            for (var i = 0; i < truth.Ids.Length; i++)
            {
                var bgr = frame.Pixels.Array.AsSpan(i * 3, 3);
                Assert.Equal(bgr.SequenceEqual(new byte[] { 40, 90, 220 }), truth.Ids[i] == 1);
            }
        }
    }

    [Fact]
    public void The_object_moves_and_the_still_one_does_not()
    {
        using var moving = TestFrames.Pattern();
        using var still = TestFrames.Pattern("test:still");

        Assert.NotEqual(moving.Truth(0).Ids, moving.Truth(10).Ids);
        Assert.Equal(still.Truth(0).Ids, still.Truth(10).Ids);
    }

    [Theory]
    [InlineData("test:waving", "test pattern 'waving' is unknown")]
    [InlineData("test:moving?size=10x10", "size=10x10; it must be a size WxH from 128x64")]
    [InlineData("test:moving?fps=0", "fps=0; it must be a number from 1 to 240")]
    [InlineData("test:moving?speed=3", "unknown key 'speed'; known are size, fps, frames")]
    public void What_cannot_be_is_refused_with_what_can(string pattern, string expected) =>
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => TestFrames.Pattern(pattern)).Message, StringComparison.Ordinal);
}
