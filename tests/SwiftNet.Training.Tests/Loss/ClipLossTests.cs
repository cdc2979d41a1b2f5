using SwiftNet.Training.Loss;
using TorchSharp;

namespace SwiftNet.Training.Tests.Loss;

public class ClipLossTests
{
    private const int Side = 16;

    [Fact]
    public void Pixels_that_do_not_count_have_no_part_in_any_loss()
    {
        using var scope = torch.NewDisposeScope();
        var (truth, masks) = Half();
        var counted = torch.ones([1, Side, Side]);
        counted[0, torch.TensorIndex.Colon, torch.TensorIndex.Slice(0, 10)] = 0;
        var odds = torch.randn([1, 2, Side, Side]).requires_grad_();
        var pixels = ClipLoss.Pixels(odds, truth, counted);
        (ClipLoss.Worst(pixels, 0.5) + ClipLoss.Boundary(pixels, masks, counted, 4) + ClipLoss.Jaccard(odds, masks, counted)).backward();

        var gradient = odds.grad!.abs();
        Assert.Equal(0, gradient.narrow(3, 0, 10).sum().item<float>());
        Assert.True(gradient.narrow(3, 10, 6).sum().item<float>() > 0);
    }

    [Fact]
    public void Near_an_outline_all_pixels_count_and_elsewhere_none()
    {
        using var scope = torch.NewDisposeScope();
        var (truth, masks) = Half();
        var odds = torch.zeros([1, 2, Side, Side]).requires_grad_();
        var loss = ClipLoss.Boundary(ClipLoss.Pixels(odds, truth, null), masks, null, 2);
        loss.backward();

        // The outline lies between columns 7 and 8.
        Assert.Equal(Math.Log(2), loss.item<float>(), 4);
        var columns = odds.grad!.abs().sum([0, 1, 2]).data<float>().ToArray();
        Assert.Equal([6, 7, 8, 9], Enumerable.Range(0, Side).Where(x => columns[x] > 0));
    }

    [Fact]
    public void Without_outlines_the_boundary_loss_is_zero()
    {
        using var scope = torch.NewDisposeScope();
        var pixels = ClipLoss.Pixels(torch.zeros([1, 2, Side, Side]), torch.zeros([1, Side, Side], torch.int64), null);

        Assert.Equal(0, ClipLoss.Boundary(pixels, torch.zeros([1, 1, Side, Side]), null, 2).item<float>());
    }

    /// <summary>The right half is the object.</summary>
    private static (torch.Tensor Truth, torch.Tensor Masks) Half()
    {
        var truth = torch.zeros([1, Side, Side], torch.int64);
        truth[0, torch.TensorIndex.Colon, torch.TensorIndex.Slice(Side / 2, Side)] = 1;
        return (truth, truth.unsqueeze(1).to(torch.float32));
    }
}
