using OpenCvSharp;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Run;

namespace SwiftNet.Training.Tests.Clips;

public sealed class ClipMakerTests : IDisposable
{
    private readonly MadeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void The_same_seed_and_step_make_the_same_clips()
    {
        var options = new TrainingOptions { Crop = 96, BatchSize = 2, Seed = 5 };
        var (one, same, other) = (Make(options, 4), Make(options, 4), Make(options with { Seed = 6 }, 4));

        Assert.Equal(one.Pictures, same.Pictures);
        Assert.Equal(one.Ids, same.Ids);
        Assert.NotEqual(one.Pictures, other.Pictures);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_object_is_in_the_first_frame_and_no_other_comes_later(double regions)
    {
        var options = new TrainingOptions { Crop = 128, BatchSize = 4, Objects = 3, Frames = 4, RegionShare = regions };
        var whole = 0;
        for (var step = 0; step < 10; step++)
        {
            var batch = Make(options, step);
            for (var clip = 0; clip < batch.Shape.Clips; clip++)
            {
                var first = batch.Mask(0, clip).ToArray().Distinct().Where(id => id > 0).ToArray();
                whole += first.Length == 3 ? 1 : 0;
                Assert.All(first, id => Assert.InRange(id, 1, 3));
                for (var t = 1; t < 4; t++)
                {
                    Assert.Empty(batch.Mask(t, clip).ToArray().Distinct().Where(id => id > 0).Except(first));
                }
            }
        }

        Assert.True(whole > 30, $"{whole} of 40 clips have all their objects");
    }

    [Fact]
    public void What_comes_in_later_is_no_object()
    {
        var quiet = new TrainingOptions
        {
            Crop = 128,
            BatchSize = 2,
            Objects = 1,
            Frames = 4,
            VideoShare = 0,
            DistractorShare = 0,
            OccluderShare = 0,
            NewcomerShare = 0,
            ThinOccluderShare = 0,
        };
        var changed = 0;
        for (var step = 0; step < 10; step++)
        {
            var (without, with) = (Make(quiet, step), Make(quiet with { NewcomerShare = 1 }, step));

            // The background's own object may be hidden; nothing is added to it.
            var (before, after) = (without.Mask(3, 0).ToArray(), with.Mask(3, 0).ToArray());
            Assert.All(Enumerable.Range(0, after.Length), i => Assert.True(after[i] == 0 || after[i] == before[i]));
            changed += without.Picture(3, 0).SequenceEqual(with.Picture(3, 0)) ? 0 : 1;
        }

        Assert.InRange(changed, 8, 10);
    }

    [Fact]
    public void What_objects_are_seen_through_makes_thin_holes_in_them()
    {
        var shape = new BatchShape(192, 128, 2, 1, 1);
        var shares = Enumerable.Range(0, 40).Select(seed =>
        {
            using var screen = ThinOccluder.Draw(shape, new Random(seed));
            using var picture = new Mat(shape.Height, shape.Width, MatType.CV_8UC3, Scalar.White);
            using var ids = new Mat(shape.Height, shape.Width, MatType.CV_8UC1, new Scalar(1));
            screen.Paint(picture, ids, 0);
            return 1 - (Cv2.CountNonZero(ids) / (double)(shape.Width * shape.Height));
        }).Order().ToArray();

        Assert.InRange(shares[20], 0.02, 0.4);
        Assert.True(shares[^1] < 0.8, $"{shares[^1]:0.00} of a picture is hidden");
    }

    [Fact]
    public void Near_frames_of_a_video_show_less_motion()
    {
        var options = new TrainingOptions
        {
            Crop = 96,
            BatchSize = 2,
            Objects = 1,
            Frames = 3,
            VideoShare = 1,
            LeastSkip = 8,
            MostSkip = 8,
            DistractorShare = 0,
            OccluderShare = 0,
            NewcomerShare = 0,
            ThinOccluderShare = 0,
        };

        Assert.True(Moved(options with { NearShare = 1 }) < 0.8 * Moved(options with { NearShare = 0 }));
    }

    private long Moved(TrainingOptions options) => Enumerable.Range(0, 8).Sum(step =>
    {
        var batch = Make(options, step);
        return batch.Mask(0, 0).ToArray().Zip(batch.Mask(1, 0).ToArray()).LongCount(pair => pair.First != pair.Second);
    });

    [Fact]
    public void Objects_are_small_too()
    {
        var options = new TrainingOptions { Crop = 256, BatchSize = 1, Objects = 6, Frames = 2, VideoShare = 1 };
        var smallest = Enumerable.Range(0, 12).SelectMany(step =>
        {
            var ids = Make(options, step).Mask(0, 0).ToArray();
            return ids.Where(id => id > 0).CountBy(id => id).Select(c => (double)c.Value / ids.Length);
        }).Min();

        Assert.InRange(smallest, 0.0005, 0.005);
    }

    [Fact]
    public void What_is_held_out_is_never_used_and_half_the_data_are_never_missing()
    {
        var all = StillPictures.Open(_data.Stills, _ => true, Assert.Fail).Scenes.Select(s => s.Name).ToArray();
        var used = StillPictures.Open(_data.Stills, name => !HeldOut.Contains(name), Assert.Fail).Scenes.Select(s => s.Name).ToArray();

        Assert.Equal(all.Where(name => !HeldOut.Contains(name)), used);
        Assert.True(used.Length < all.Length && used.Length > all.Length / 2, $"{used.Length} of {all.Length}");
        Assert.InRange(Enumerable.Range(0, 12_000).Count(i => HeldOut.Contains($"coco_{i:000000000000}")), 800, 1200);
    }

    [Fact]
    public void What_cannot_be_read_is_named_once_and_left_out()
    {
        File.WriteAllText(Path.Combine(_data.Stills, "images", "made_00.jpg"), "no picture");
        File.Delete(Path.Combine(_data.Stills, "masks", "made_01.png"));
        File.WriteAllText(Path.Combine(_data.Davis, "Annotations", "480p", "left", "00003.png"), "no mask");
        var named = new List<string>();

        new TrainingData(_data.Stills, _data.Davis).Open(new TrainingOptions(), named.Add);

        var expected = new[] { "made_00.jpg", "made_01.jpg", "00003.png" }.Where(
            name => !HeldOut.Contains(Path.GetFileNameWithoutExtension(name)));
        Assert.Equal(expected.Count(), named.Count);
        Assert.All(expected, name => Assert.Single(named, line => line.Contains(name)));
    }

    private Batch Make(TrainingOptions options, int step)
    {
        var batch = new BatchPlan(options).Draw(step);
        new TrainingData(_data.Stills, _data.Davis).Open(options, Assert.Fail).Fill(batch);
        return batch;
    }
}
