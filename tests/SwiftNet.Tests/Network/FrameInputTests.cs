using SwiftNet.Network;

namespace SwiftNet.Tests.Network;

public sealed class FrameInputTests
{
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_deviation = [0.229f, 0.224f, 0.225f];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_frame_is_normalised_amid_padding_that_was_zero_before(bool fast)
    {
        const int Width = 21, Height = 30; // to 32x32: 5 columns left and 6 right, 1 row above and below
        using var input = new FrameInput(new PaddedSize(Width, Height), fast ? NetworkWeights.Fast : NetworkWeights.Plain);

        // The second frame shows that the padding is still there.
        for (var seed = 1; seed <= 2; seed++)
        {
            var frame = PlainMap.Random(3, Height, Width, seed).Apply(Math.Abs);
            var expected = new PlainMap(3, 32, 32);
            for (var c = 0; c < 3; c++)
            {
                for (var y = 0; y < 32; y++)
                {
                    for (var x = 0; x < 32; x++)
                    {
                        // Outside of the frame the plain map is zero.
                        expected[c, y, x] = ((x - 5 < Width ? frame[c, y - 1, x - 5] : 0) - s_mean[c]) / s_deviation[c];
                    }
                }
            }

            PlainMap.AssertClose(expected, input.Next(new NetworkFrame(frame.Values, Width, Height)), 1e-6);
        }
    }

    [Fact]
    public void The_last_two_frames_are_kept_as_they_came()
    {
        using var input = new FrameInput(new PaddedSize(5, 4), NetworkWeights.Fast);
        var frames = Enumerable.Range(1, 3).Select(seed => PlainMap.Random(3, 4, 5, seed).Apply(Math.Abs)).ToArray();

        foreach (var frame in frames)
        {
            input.Next(new NetworkFrame(frame.Values, 5, 4));
        }

        Assert.Equal(frames[2].Values, input.Current.data<float>().ToArray());
        Assert.Equal(frames[1].Values, input.Previous.data<float>().ToArray());
    }
}
