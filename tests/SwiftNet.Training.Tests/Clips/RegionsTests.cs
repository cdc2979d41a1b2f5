using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Tests.Clips;

public sealed class RegionsTests
{
    private const int Width = 240, Height = 180;
    private static readonly Rect s_plain = new(60, 40, 70, 60);

    [Fact]
    public void What_is_of_one_look_belongs_to_one_object_or_to_none()
    {
        var picture = Picture(new Scalar(40, 60, 220));
        var regions = new Regions(picture);
        var (within, of) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            using var ids = regions.Draw(picture, 8, new Random(seed)).DecodeMask();
            using var plain = new Mat(ids, Rect.Inflate(s_plain, -6, -6));
            plain.GetArray(out byte[] inside);
            var most = inside.CountBy(id => id).MaxBy(c => c.Value);

            Assert.True(most.Value > 0.98 * inside.Length, $"{most.Value} of {inside.Length} pixels of the plain box are of one object");
            within += most.Key > 0 ? 1 : 0;
            of++;
        }

        Assert.InRange(within, 1, of - 1);
    }

    [Fact]
    public void The_same_chance_puts_the_same_objects_together_and_they_are_small_and_large()
    {
        var picture = Picture(new Scalar(40, 60, 220));
        var regions = new Regions(picture);
        var drawn = Enumerable.Range(0, 20).Select(seed => regions.Draw(picture, 8, new Random(seed))).ToArray();

        Assert.Equal(drawn[3].Mask, regions.Draw(picture, 8, new Random(3)).Mask);
        Assert.NotEqual(drawn[3].Mask, drawn[4].Mask);
        var shares = drawn.SelectMany(d => d.Instances).Select(i => i.Area / (double)(Width * Height)).Order().ToArray();
        Assert.InRange(shares[0], 0.005, 0.05);
        Assert.InRange(shares[^1], 0.1, 0.7);
    }

    [Fact]
    public void Pictures_too_small_for_an_object_are_never_drawn()
    {
        using var data = new MadeData();
        Directory.Delete(data.Stills, recursive: true);
        var none = StillPictures.Open(data.Stills, _ => true, Assert.Fail);

        Assert.Null(Draw([]));
        Assert.Null(Draw([Bytes(40, 30)]));
        Assert.NotEmpty(Draw([Picture(Scalar.White).Picture])!.Instances);

        StillPicture? Draw(byte[][] frames) =>
            new RegionPictures(none, [new VideoSequence("video", frames, [], [], SequenceTraits.Default)], share: 1).Draw(new Random(1));
    }

    private static byte[] Bytes(int width, int height)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3, Scalar.White);
        Cv2.ImEncode(".png", picture, out var bytes);
        return bytes;
    }

    /// <summary>Patches of many colours, and a plain box among them.</summary>
    private static StillPicture Picture(Scalar plain)
    {
        using var picture = new Mat(Height, Width, MatType.CV_8UC3);
        var random = new Random(1);
        for (var y = 0; y < Height; y += 20)
        {
            for (var x = 0; x < Width; x += 20)
            {
                Cv2.Rectangle(picture, new Rect(x, y, 20, 20), new Scalar(random.Next(256), random.Next(256), random.Next(256)), -1);
            }
        }

        Cv2.Rectangle(picture, s_plain, plain, -1);
        Cv2.ImEncode(".png", picture, out var bytes);
        return new StillPicture("patches", bytes, null, Width, Height, [], 1);
    }
}
