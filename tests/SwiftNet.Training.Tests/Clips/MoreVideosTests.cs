using SwiftNet.Training.Clips;
using SwiftNet.Training.Run;

namespace SwiftNet.Training.Tests.Clips;

public sealed class MoreVideosTests : IDisposable
{
    private static readonly TrainingOptions s_plain = new()
    {
        Crop = 96,
        BatchSize = 2,
        Objects = 1,
        Frames = 4,
        VideoShare = 1,
        DistractorShare = 0,
        OccluderShare = 0,
        NewcomerShare = 0,
        ThinOccluderShare = 0,
    };

    private readonly MadeData _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(2, 0)]
    [InlineData(12, 0)]
    [InlineData(12, 1)]
    public void Clips_are_made_of_short_and_of_sparse_sequences(int frames, double windows)
    {
        var root = _data.AddVideos("more", frames, "sequence\ttraits\nfew\tsparse\n", "few");
        for (var step = 0; step < 5; step++)
        {
            var batch = Make(root, s_plain with { WindowShare = windows }, step);

            Assert.Contains((byte)1, batch.Mask(0, 0).ToArray());
            Assert.Null(batch.IgnoredPixels);
        }
    }

    [Fact]
    public void Near_rough_edges_no_pixel_counts()
    {
        var root = _data.AddVideos("more", 12, "sequence\ttraits\nrough\trough-edges\n", "rough");
        var batch = Make(root, s_plain, 0);

        for (var clip = 0; clip < batch.Shape.Clips; clip++)
        {
            for (var frame = 0; frame < batch.Shape.Frames; frame++)
            {
                var ids = batch.Mask(frame, clip);
                var rough = batch.IgnoreMask(frame, clip);
                var width = batch.Shape.Width;
                for (var i = 1; i < ids.Length; i++)
                {
                    Assert.True(i % width == 0 || ids[i] == ids[i - 1] || (rough[i] == 1 && rough[i - 1] == 1));
                }

                Assert.InRange(rough.ToArray().Average(r => r), 0, 0.6);
            }
        }
    }

    [Fact]
    public void A_twin_of_the_videos_object_does_not_count()
    {
        var root = _data.AddVideos("more", 12, null, "video");
        var changed = 0;
        for (var step = 0; step < 8; step++)
        {
            var (without, with) = (Make(root, s_plain, step), Make(root, s_plain with { TwinShare = 1 }, step));
            var (before, after) = (without.Mask(0, 0).ToArray(), with.Mask(0, 0).ToArray());
            Assert.All(Enumerable.Range(0, after.Length), i => Assert.True(after[i] == 0 || after[i] == before[i]));
            changed += without.Picture(0, 0).SequenceEqual(with.Picture(0, 0)) ? 0 : 1;
        }

        Assert.InRange(changed, 6, 8);
    }

    [Fact]
    public void Groups_are_not_looked_for_from_hints()
    {
        // Both look the same but for their weight: drawn with prompts, the group, which is nearly always drawn, never is.
        var root = _data.AddVideos("more", 12, "sequence\tweight\ttraits\nherd\t1000000\tgroup,rough-edges\nsheep\t1\t\n", "herd", "sheep");
        for (var step = 0; step < 5; step++)
        {
            Assert.Null(Make(root, s_plain with { PromptShare = 1 }, step).IgnoredPixels);
            Assert.NotNull(Make(root, s_plain with { PromptShare = 0 }, step).IgnoredPixels);
        }
    }

    private Batch Make(string root, TrainingOptions options, int step)
    {
        var batch = new BatchPlan(options).Draw(step);
        new TrainingData(_data.Stills, null) { Videos = [root] }.Open(options, Assert.Fail).Fill(batch);
        return batch;
    }
}
