using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class VideoTests
{
    [Fact]
    public void A_mask_of_the_networks_size_is_taken_as_it_is()
    {
        using var scope = torch.NewDisposeScope();
        using var video = Video(3, 2);

        var maps = video.AtNetworkSize(new IdMask(3, 2, [0, 7, 7, 9, 0, 7]), [7, 9]);

        Assert.Equal([0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0], maps.data<float>().ToArray());
    }

    [Fact]
    public void Of_a_larger_mask_a_pixel_has_the_share_that_the_object_covers()
    {
        using var scope = torch.NewDisposeScope();
        using var video = Video(2, 1, 4, 2);

        var maps = video.AtNetworkSize(new IdMask(4, 2, [1, 1, 0, 2, 1, 0, 0, 0]), [1, 2]);

        Assert.Equal([0.75f, 0, 0, 0.25f], maps.data<float>().ToArray());
    }

    [Fact]
    public void New_objects_take_their_rows_by_id_and_the_others_give_way()
    {
        using var scope = torch.NewDisposeScope();
        using var video = Video(4, 1);
        video.AddObjects([5], torch.tensor((float[])[1, 1, 0.5f, 0], 1, 1, 4));

        var rows = video.AddObjects([9, 2], torch.tensor((float[])[0, 0, 0.5f, 1, 1, 0, 0, 0], 2, 1, 4));

        Assert.Equal([2, 0], rows);
        Assert.Equal([2, 5, 9], video.Ids);
        Assert.Equal([1, 0, 0, 0, 0, 1, 0.25f, 0, 0, 0, 0.5f, 1], video.Probabilities.data<float>().ToArray());
    }

    [Fact]
    public void Masks_are_padded_with_zeros_where_the_frame_was()
    {
        using var scope = torch.NewDisposeScope();
        using var video = Video(21, 30);
        var masks = torch.ones(2, 30, 21);

        var padded = video.Pad(masks);

        Assert.Equal([2, 1, 32, 32], padded.shape);
        Assert.Equal(2 * 30 * 21, padded.sum().item<float>());
        Assert.Equal(1, padded[1, 0, 1, 5].item<float>());
        Assert.Equal(0, padded[1, 0, 0, 5].item<float>());
        Assert.Equal(0, padded[1, 0, 1, 4].item<float>());
        Assert.Equal(masks.data<float>().ToArray(), video.Crop(padded.squeeze(1)).contiguous().data<float>().ToArray());
    }

    private static Video Video(int width, int height, int? outputWidth = null, int? outputHeight = null) =>
        new(new PaddedSize(width, height), outputWidth ?? width, outputHeight ?? height, new MemoryOptions(), NetworkWeights.Fast);
}
