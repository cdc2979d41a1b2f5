using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Imaging;

public sealed class YouTubeVosDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public YouTubeVosDatasetTests() => Write(_folder.Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_root_may_be_the_split_s_or_hold_it()
    {
        using var whole = new TemporaryFolder();
        Write(whole["valid"]);

        Assert.Equal("0a1b", Assert.Single(YouTubeVosDataset.Open(_folder.Root, "valid")).Name);
        Assert.Equal("0a1b", Assert.Single(YouTubeVosDataset.Open(whole.Root, "valid")).Name);
    }

    [Fact]
    public void An_object_enters_where_it_is_first_annotated()
    {
        var sequence = YouTubeVosDataset.Open(_folder.Root, "valid")[0];

        Assert.Equal([1], Entering(sequence, 0)!.DistinctIds());
        Assert.Null(sequence.ReadTruth("00001", MadeDataset.Width, MadeDataset.Height));
        Assert.Equal(MadeDataset.Truth(2, 2), Entering(sequence, 2, 1)!.Ids);
        Assert.Null(Entering(sequence, 4, 1, 2));
    }

    [Fact]
    public void Meta_json_decides_where_it_is_there()
    {
        File.WriteAllText(
            _folder["meta.json"], """{"videos": {"0a1b": {"objects": {"2": {"category": "square", "frames": ["00004", "00003"]}}}}}""");
        var sequence = YouTubeVosDataset.Open(_folder.Root, "valid")[0];

        Assert.Null(Entering(sequence, 0));
        Assert.Null(Entering(sequence, 2));
        Assert.Equal([2], Entering(sequence, 4)!.DistinctIds());
    }

    [Fact]
    public void Unpadded_numbers_are_numbers_in_pictures_annotations_and_meta_json()
    {
        using var other = new TemporaryFolder();
        Write(other.Root);
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("00000", "2"), ("00002", "9"), ("00004", "10")])
        {
            File.Move(other[$"JPEGImages/0a1b/{from}.jpg"], other[$"JPEGImages/0a1b/{to}.jpg"]);
            File.Move(other[$"Annotations/0a1b/{from}.png"], other[$"Annotations/0a1b/{to}.png"]);
        }

        File.WriteAllText(
            other["meta.json"], """{"videos": {"0a1b": {"objects": {"1": {"frames": ["10", "2"]}, "2": {"frames": ["10", "9"]}}}}}""");
        var sequence = YouTubeVosDataset.Open(other.Root, "valid")[0];

        Assert.Equal(["2", "9", "10"], sequence.Annotations.Keys);
        Assert.Equal([1], sequence.Entering(sequence.ReadTruth("2", MadeDataset.Width, MadeDataset.Height), "2", [])!.DistinctIds());
        Assert.Equal([2], sequence.Entering(sequence.ReadTruth("9", MadeDataset.Width, MadeDataset.Height), "9", [1])!.DistinctIds());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"videos": {"0a1b": {"objects": {"one": {"frames": ["00004"]}}}}}""")]
    [InlineData("""{"videos": {"0a1b": {"objects": {"300": {"frames": ["00004"]}}}}}""")]
    [InlineData("""{"videos": {"0a1b": {"objects": {"1": {"frames": [4]}}}}}""")]
    [InlineData("""{"clips": {}}""")]
    public void A_meta_json_of_another_form_is_told_by_name(string json)
    {
        File.WriteAllText(_folder["meta.json"], json);

        Assert.Contains(
            "meta.json",
            Assert.Throws<UserErrorException>(() => YouTubeVosDataset.Open(_folder.Root, "valid")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_by_name()
    {
        Assert.Contains(
            "nowhere",
            Assert.Throws<UserErrorException>(() => YouTubeVosDataset.Open(_folder["nowhere"], "valid")).Message,
            StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder["JPEGImages"], "0a1b", "00004.jpg"));
        Assert.Contains(
            "00004.png",
            Assert.Throws<UserErrorException>(() => YouTubeVosDataset.Open(_folder.Root, "valid")).Message,
            StringComparison.Ordinal);
        Directory.Delete(_folder["Annotations"], recursive: true);
        Assert.Contains(
            "Annotations",
            Assert.Throws<UserErrorException>(() => YouTubeVosDataset.Open(_folder.Root, "valid")).Message,
            StringComparison.Ordinal);
    }

    private static IdMask? Entering(BenchmarkSequence sequence, int frame, params byte[] followed) =>
        sequence.Entering(sequence.ReadTruth($"{frame:D5}", MadeDataset.Width, MadeDataset.Height), $"{frame:D5}", followed);

    private static void Write(string root)
    {
        MadeDataset.WritePictures(Path.Combine(root, "JPEGImages", "0a1b"), 5);
        MadeDataset.WriteTruth(Path.Combine(root, "Annotations", "0a1b"), 0, 1);
        MadeDataset.WriteTruth(Path.Combine(root, "Annotations", "0a1b"), 2, 2);
        MadeDataset.WriteTruth(Path.Combine(root, "Annotations", "0a1b"), 4, 1, 2);
    }
}
