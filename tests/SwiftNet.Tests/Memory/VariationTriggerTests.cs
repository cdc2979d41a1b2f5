using SwiftNet.Memory;
using TorchSharp;

namespace SwiftNet.Tests.Memory;

public sealed class VariationTriggerTests
{
    // Four pixels in a row: R, G and B of each.
    private static readonly float[] s_frame = [0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f];

    [Fact]
    public void A_pixel_counts_when_its_summed_difference_exceeds_the_threshold()
    {
        // 0.25 in each of three channels; 0.5 in one, which is no more than the threshold; 0.5625 over two; nothing.
        float[] next = [0.75f, 1, 1, 0.5f, 0.75f, 0.5f, 0.5625f, 0.5f, 0.75f, 0.5f, 0.5f, 0.5f];

        Assert.Equal(2, Count(next, s_frame, frameThreshold: 0.5));
    }

    [Fact]
    public void A_pixel_that_darkens_counts_like_one_that_brightens()
    {
        float[] next = [0, 1, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f];

        Assert.Equal(2, Count(next, s_frame, frameThreshold: 1));
        Assert.Equal(2, Count(s_frame, next, frameThreshold: 1));
    }

    [Fact]
    public void A_pixel_counts_when_any_objects_probability_moves_up_or_down()
    {
        float[] masks = [1, 0, 0.5f, 0, 0, 0.75f, 0.25f, 0];
        float[] before = [0.5f, 0, 0.25f, 0, 0, 0, 0, 0.5f];

        Assert.Equal(3, Count(s_frame, s_frame, maskThreshold: 0.25, masks: masks, previousMasks: before, objects: 2));
        Assert.Equal(1, Count(s_frame, s_frame, maskThreshold: 0.25, masks: masks[..4], previousMasks: before[..4], objects: 1));
    }

    [Fact]
    public void A_pixel_that_varies_in_picture_and_mask_counts_once()
    {
        float[] next = [1, 0.5f, 0.5f, 0.5f, 1, 0.5f, 0.5f, 0.5f, 1, 0.5f, 0.5f, 0.5f];

        Assert.Equal(2, Count(next, s_frame, frameThreshold: 1, maskThreshold: 0.5, masks: [1, 1, 0, 0], previousMasks: [0, 0, 0, 0]));
    }

    [Fact]
    public void Counts_add_up_until_they_exceed_the_share_and_start_again()
    {
        var trigger = new VariationTrigger(0.3, 0.3, 0.1);

        Assert.False(trigger.IsDue(6, 100));
        Assert.Equal(0.06, trigger.Share, 1e-9);
        Assert.False(trigger.IsDue(4, 100)); // exactly the share is not more than it
        Assert.True(trigger.IsDue(1, 100));
        Assert.Equal(0.11, trigger.Share, 1e-9);
        Assert.False(trigger.IsDue(10, 100));
        Assert.False(trigger.IsDue(0, 100));
        Assert.True(trigger.IsDue(100, 100));
    }

    [Fact]
    public void A_video_begins_with_half_of_the_share_counted()
    {
        var trigger = new VariationTrigger(0.3, 0.3, 0.1);
        trigger.IsDue(10, 100);

        trigger.Begin(100);

        Assert.Equal(0.05, trigger.Share, 1e-9);
        Assert.False(trigger.IsDue(5, 100)); // exactly the share is not more than it
        Assert.Equal(0.1, trigger.Share, 1e-9);
        Assert.True(trigger.IsDue(1, 100));
        Assert.False(trigger.IsDue(10, 100));
    }

    private static long Count(
        float[] frame,
        float[] previous,
        double frameThreshold = 3,
        double maskThreshold = 1,
        float[]? masks = null,
        float[]? previousMasks = null,
        int objects = 1)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor Maps(float[]? values, int count) => torch.tensor(values ?? new float[4 * count], count, 1, 4);
        var trigger = new VariationTrigger(frameThreshold, maskThreshold, 0.1);
        var count = trigger.Count(Maps(frame, 3), Maps(previous, 3), Maps(masks, objects), Maps(previousMasks, objects));
        return (long)count.data<float>()[0];
    }
}
