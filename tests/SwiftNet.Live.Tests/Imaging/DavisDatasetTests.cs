using SwiftNet.Imaging.Datasets;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Imaging;

public sealed class DavisDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DavisDatasetTests() => MadeDataset.WriteDavis(_folder.Root, 3, "walk", "again");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_split_lists_the_sequences_in_its_order() =>
        Assert.Equal(["walk", "again"], DavisDataset.Open(_folder.Root, 2017, "val").Select(s => s.Name));

    [Fact]
    public void In_2016_all_objects_are_one_and_in_2017_each_is_its_own()
    {
        Assert.Equal([1], Truth(2016).DistinctIds());
        Assert.Equal([1, 2], Truth(2017).DistinctIds());
    }

    [Fact]
    public void Void_pixels_of_2017_are_background()
    {
        var ids = MadeDataset.Truth(0, 1, 2);
        ids[0] = 255;
        IndexedPng.Write(Path.Combine(_folder["Annotations"], "480p", "walk", "00000.png"), MadeDataset.Width, MadeDataset.Height, ids);

        Assert.Equal([1, 2], Truth(2017).DistinctIds());
    }

    [Fact]
    public void An_object_that_is_not_in_the_first_picture_never_enters()
    {
        var sequence = DavisDataset.Open(_folder.Root, 2017, "val")[0];
        var truth = sequence.ReadTruth("00001", MadeDataset.Width, MadeDataset.Height);

        Assert.Null(sequence.Entering(truth, "00001", [1]));
    }

    [Fact]
    public void A_missing_root_is_told() => AssertError("nowhere", () => DavisDataset.Open(_folder["nowhere"], 2017, "val"));

    [Fact]
    public void A_missing_split_is_told_with_those_that_there_are()
    {
        var error = AssertError("test-dev.txt", () => DavisDataset.Open(_folder.Root, 2017, "test-dev"));

        Assert.Contains("There are: val", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_annotation_is_told_before_anything_runs()
    {
        File.Delete(Path.Combine(_folder["Annotations"], "480p", "again", "00001.png"));

        AssertError(Path.Combine("again", "00001.png"), () => DavisDataset.Open(_folder.Root, 2017, "val"));
    }

    [Fact]
    public void An_annotation_of_another_size_is_told_with_both_sizes()
    {
        IndexedPng.Write(Path.Combine(_folder["Annotations"], "480p", "walk", "00000.png"), 64, 48, Frames.Box(64, 48, 1, 5, 5, 20, 20));

        var error = AssertError("64x48", () => Truth(2017));

        Assert.Contains("128x96", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../walk")]
    [InlineData("..")]
    public void A_name_that_leads_out_of_the_data_set_is_refused(string name)
    {
        File.WriteAllText(Path.Combine(_folder["ImageSets"], "2017", "val.txt"), name);

        AssertError(name, () => DavisDataset.Open(_folder.Root, 2017, "val"));
    }

    [Fact]
    public void Two_pictures_are_too_few_to_score()
    {
        File.Delete(Path.Combine(_folder["JPEGImages"], "480p", "walk", "00002.jpg"));

        AssertError("2 pictures", () => DavisDataset.Open(_folder.Root, 2017, "val"));
    }

    private IdMask Truth(int year) =>
        DavisDataset.Open(_folder.Root, year, "val")[0].ReadTruth("00000", MadeDataset.Width, MadeDataset.Height)!;

    private static string AssertError(string part, Func<object?> open)
    {
        var error = Assert.Throws<UserErrorException>(() => open());
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
