using SwiftNet.Live.Options;
using SwiftNet.Live.Preprocess;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Preprocess;

public sealed class PlaneMakerTests
{
    [Fact]
    public void Planes_are_red_green_blue_from_0_to_1()
    {
        using var frame = TestFrames.Make(0, 4, 2);
        for (var i = 0; i < 8; i++)
        {
            (frame.Pixels.Array[3 * i], frame.Pixels.Array[(3 * i) + 1], frame.Pixels.Array[(3 * i) + 2]) = ((byte)i, 51, 255);
        }

        using var planes = new PlaneMaker(FrameSize.Native);
        planes.Fill(frame);

        Assert.Equal((4, 2), (frame.NetworkWidth, frame.NetworkHeight));
        Assert.All(frame.Planes!.Array[..8], red => Assert.Equal(1, red, 6));
        Assert.All(frame.Planes.Array[8..16], green => Assert.Equal(0.2f, green, 6));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(i / 255f, frame.Planes.Array[16 + i], 6);
        }
    }

    [Fact]
    public void Scaling_down_averages_the_area()
    {
        using var frame = TestFrames.Make(0, 64, 32);
        for (var i = 0; i < frame.Pixels.Array.Length; i++)
        {
            frame.Pixels.Array[i] = (byte)(i / 3 % 2 == 0 ? 0 : 200);
        }

        using var planes = new PlaneMaker(new FrameSize(16, 16));
        planes.Fill(frame);

        Assert.Equal((16, 8), (frame.NetworkWidth, frame.NetworkHeight));
        Assert.All(frame.Planes!.Array, value => Assert.Equal(100 / 255f, value, 2));
    }

    [Fact]
    public void Frames_of_changing_size_and_recycled_buffers_are_each_done_right()
    {
        using var planes = new PlaneMaker(new FrameSize(32, 32));
        for (var i = 0; i < 20; i++)
        {
            using var frame = TestFrames.Make(i, 40 + (i % 3), 20);
            Array.Fill(frame.Pixels.Array, (byte)(i * 10));

            planes.Fill(frame);

            Assert.All(frame.Planes!.Array, value => Assert.Equal(i * 10 / 255f, value, 6));
        }
    }
}
