using SwiftNet.Metrics;
using TorchSharp;

namespace SwiftNet.Tests;

/// <summary>An object found from a few trusted cells, with the weights that are shipped.</summary>
public sealed class HintedPictureTests(ShippedModel shipped)
{
    private static readonly Clip s_clip = Clip.Large;

    [Fact]
    public void From_the_middle_of_an_object_and_the_rim_of_the_picture_the_whole_object_is_found()
    {
        using var picture = See();
        var (found, truth) = (Ask(picture), s_clip.Mask(0, 1, 1).Ids);

        Assert.InRange(RegionSimilarity.Measure(truth, [.. found.Select(p => (byte)(p > 0.5f ? 1 : 0))]), 0.8, 1);
        Assert.All(found, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void The_same_question_has_the_same_answer_and_its_mask_may_receive_it()
    {
        using var picture = See();
        var (mask, trusted) = Hints(picture);
        var first = new float[mask.Length];
        picture.Ask(mask, trusted, first);
        picture.Ask(mask, trusted, mask);

        Assert.Equal(first, mask);
    }

    [Fact]
    public void Cells_have_the_means_of_their_own_pixels_padding_left_out()
    {
        // 100x40 is padded to 112x48: 6 columns and 4 rows on each side.
        using var picture = new HintedPicture(shipped.Model, new NetworkFrame(new float[3 * 100 * 40], 100, 40));
        var map = new float[100 * 40];
        Array.Fill(map, 1, 0, 100 * 12);

        var means = picture.Means(map);

        Assert.Equal((7, 3), (picture.Columns, picture.Rows));
        Assert.Equal((0, 6, 20), (picture.CellOf(0, 0), picture.CellOf(99, 0), picture.CellOf(99, 39)));
        Assert.All(means[..7], mean => Assert.Equal(1, mean));
        Assert.All(means[7..], mean => Assert.Equal(0, mean));
    }

    [Fact]
    public void A_cell_is_most_like_itself()
    {
        using var picture = See();

        var likeness = picture.Likeness([picture.CellOf(85, 85)]);

        Assert.Equal(picture.CellOf(85, 85), Array.IndexOf(likeness, likeness.Max()));
        Assert.InRange(likeness.Max(), 0.99f, 1.01f);
        Assert.InRange(likeness.Min(), -1.01f, 0.5f);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var picture = See();
        var size = picture.Width * picture.Height;

        Assert.Throws<ArgumentException>(() => picture.Ask(new float[size - 1], [1], new float[size]));
        Assert.Throws<ArgumentException>(() => picture.Ask(new float[size], [1], new float[size + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.Ask(new float[size], [], new float[size]));
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var before = torch.Tensor.TotalCount;
        using (var picture = See())
        {
            Ask(picture);
            picture.Likeness([0]);
        }

        // Other tests of this process may free theirs meanwhile, none makes any: they run one after another.
        Assert.InRange(torch.Tensor.TotalCount, 0, before);
    }

    private HintedPicture See() => new(shipped.Model, new NetworkFrame(s_clip.Planes(0), s_clip.Width, s_clip.Height));

    private static float[] Ask(HintedPicture picture)
    {
        var (mask, trusted) = Hints(picture);
        var found = new float[mask.Length];
        picture.Ask(mask, trusted, found);
        for (var round = 0; round < 2; round++)
        {
            var means = picture.Means(found);
            picture.Ask([.. found], [.. Enumerable.Range(0, means.Length).Where(i => means[i] is > 0.9f or < 0.1f)], found);
        }

        return found;
    }

    /// <summary>A disc on the first object, and the cells it fills and those at the rim.</summary>
    private static (float[] Mask, List<int> Trusted) Hints(HintedPicture picture)
    {
        var mask = new float[picture.Width * picture.Height];
        for (var i = 0; i < mask.Length; i++)
        {
            var (x, y) = (i % picture.Width, i / picture.Width);
            mask[i] = ((x - 85) * (x - 85)) + ((y - 85) * (y - 85)) < 26 * 26 ? 1 : 0;
        }

        var means = picture.Means(mask);
        var trusted = Enumerable.Range(0, means.Length)
            .Where(
                i =>
                    means[i] > 0.5f
                        || i < picture.Columns
                        || i >= means.Length - picture.Columns
                        || i % picture.Columns == 0
                        || i % picture.Columns == picture.Columns - 1);
        return (mask, [.. trusted]);
    }
}
