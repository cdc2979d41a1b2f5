using System.Text;
using SwiftNet.Imaging.Extents;
using SwiftNet.Imaging.Rle;

namespace SwiftNet.Live.Tests.Imaging;

/// <summary>A mask of a part of a frame says the same as the mask of the whole frame with zeros around it.</summary>
public sealed class MaskPartTests
{
    [Fact]
    public void Boxes_run_lengths_and_pixels_are_those_of_the_whole_frame()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (frameWidth, frameHeight) = (random.Next(1, 30), random.Next(1, 20));
            var (width, height) = (random.Next(1, frameWidth + 1), random.Next(1, frameHeight + 1));
            var region = new MaskRegion(
                random.Next(frameWidth - width + 1), random.Next(frameHeight - height + 1), width, height, frameWidth, frameHeight);
            var ids = Enumerable.Range(0, region.Area + 7).Select(_ => (byte)(random.Next(2) == 0 ? random.Next(4) : 0)).ToArray();
            var part = new MaskPart(ids, region);
            var whole = new byte[frameWidth * frameHeight];
            for (var i = 0; i < region.Area; i++)
            {
                whole[((region.Y + (i / width)) * frameWidth) + region.X + (i % width)] = ids[i];
            }

            var copied = Enumerable.Repeat((byte)9, whole.Length).ToArray();
            part.CopyTo(copied);
            Assert.Equal(whole, copied);
            var (extents, expected) = (new ObjectExtents(), new ObjectExtents());
            var (runs, expectedRuns) = (new RunLengths(), new RunLengths());
            extents.Measure(part);
            expected.Measure(whole, frameWidth);
            runs.Measure(part);
            expectedRuns.Measure(whole, frameWidth);
            for (byte id = 1; id < 4; id++)
            {
                Assert.Equal(expected[id], extents[id]);
                Assert.Equal(Encoding.ASCII.GetString(expectedRuns.Finish(id)), Encoding.ASCII.GetString(runs.Finish(id)));
            }
        }
    }

    [Fact]
    public void A_part_without_a_pixel_is_a_frame_without_an_object()
    {
        var part = new MaskPart([], new MaskRegion(0, 0, 0, 0, 8, 4));
        var whole = new byte[32];
        part.CopyTo(whole);
        Assert.DoesNotContain((byte)1, whole);
        foreach (var (id, _, _, _) in part)
        {
            Assert.Fail($"There is no object {id}.");
        }
    }
}
