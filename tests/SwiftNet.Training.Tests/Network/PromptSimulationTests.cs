using SwiftNet.Training.Network;
using TorchSharp;

namespace SwiftNet.Training.Tests.Network;

public sealed class PromptSimulationTests
{
    private const int Cell = 16, Rows = 8, Columns = 12;

    [Fact]
    public void What_is_trusted_is_true()
    {
        using var scope = torch.NewDisposeScope();
        var mask = Disc(x: 100, y: 60, radius: 40);
        for (var seed = 0; seed < 50; seed++)
        {
            var prompts = PromptSimulation.Draw(mask, new Random(seed));
            var (rough, trusted) = (CellMeans(prompts.Masks), Trusted(prompts));
            var share = CellMeans(mask);
            Assert.Contains(trusted, cell => rough[cell] == 1 && share[cell] == 1);
            Assert.Contains(trusted, cell => rough[cell] == 0);
            Assert.All(
                trusted,
                cell =>
                    Assert.True(
                        rough[cell] > 0 ? share[cell] > 0.7 : share[cell] == 0,
                        $"seed {seed}, cell {cell}: {share[cell]} of it is object, {rough[cell]} is said to be"));
        }
    }

    [Fact]
    public void Of_an_object_smaller_than_a_cell_the_best_cell_is_known()
    {
        using var scope = torch.NewDisposeScope();
        var mask = Disc(x: 88, y: 56, radius: 4);
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Contains((3 * Columns) + 5, Trusted(PromptSimulation.Draw(mask, new Random(seed))));
        }
    }

    [Fact]
    public void An_object_that_is_not_there_is_known_by_its_surroundings_alone_and_one_that_fills_the_picture_by_itself()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (mask, value) in new[] { (torch.zeros([1, 1, Rows * Cell, Columns * Cell]), 0f), (torch.ones([1, 1, Rows * Cell, Columns * Cell]), 1f) })
        {
            for (var seed = 0; seed < 10; seed++)
            {
                var prompts = PromptSimulation.Draw(mask, new Random(seed));
                var rough = CellMeans(prompts.Masks);
                Assert.NotEmpty(Trusted(prompts));
                Assert.All(Trusted(prompts), cell => Assert.Equal(value, rough[cell]));
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_prompts()
    {
        using var scope = torch.NewDisposeScope();
        var mask = torch.cat([Disc(40, 40, 20), Disc(120, 80, 30)], 1);
        var (once, again) = (PromptSimulation.Draw(mask, new Random(3)), PromptSimulation.Draw(mask, new Random(3)));
        Assert.Equal(once.Masks.data<float>().ToArray(), again.Masks.data<float>().ToArray());
        Assert.Equal(once.AffinityBias.data<float>().ToArray(), again.AffinityBias.data<float>().ToArray());
        Assert.Equal([1, 2, Rows * Cell, Columns * Cell], once.Masks.shape);
        Assert.Equal([2, 1, Rows * Columns], once.AffinityBias.shape);
    }

    private static torch.Tensor Disc(int x, int y, int radius)
    {
        var (columns, rows) =
            (torch.arange(Columns * Cell).sub(x).square().view(1, -1), torch.arange(Rows * Cell).sub(y).square().view(-1, 1));
        return columns.add(rows).le(radius * radius).to(torch.float32).view(1, 1, Rows * Cell, Columns * Cell);
    }

    private static float[] CellMeans(torch.Tensor masks) =>
        torch.nn.functional.avg_pool2d(masks, [Cell, Cell]).flatten().data<float>().ToArray();

    private static int[] Trusted(PromptSimulation prompts) =>
    [
        .. prompts.AffinityBias.flatten().data<float>().ToArray().Index().Where(cell => cell.Item == 0).Select(cell => cell.Index),
    ];
}
