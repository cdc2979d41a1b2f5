using SwiftNet.Tests;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Run;

namespace SwiftNet.Training.Tests.Clips;

public sealed class TraitsTableTests : IDisposable
{
    private readonly MadeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_name_goes_before_a_beginning_and_other_columns_are_ignored()
    {
        var table = Table(
            "sequence\tframes\tweight\ttraits\tlicence\nwalk_*\t9\t0.7\tsparse, rough-edges\tCC\n"
            + "walk_fast_*\t9\t2\n\nwalk_dog\t9\t1.5\tuneven,group\n");

        Assert.Equal(new SequenceTraits(0.7, SequenceSteps.Sparse, RoughEdges: true), table.Of("walk_cat"));
        Assert.Equal(new SequenceTraits(2), table.Of("walk_fast_cat"));
        Assert.Equal(new SequenceTraits(1.5, SequenceSteps.Uneven, Group: true), table.Of("walk_dog"));
        Assert.Equal(new SequenceTraits(1), table.Of("other"));
    }

    [Theory]
    [InlineData("no column 'sequence'", "name\tweight\na\t1\n")]
    [InlineData("line 2: the weight is '0'", "sequence\tweight\na\t0\n")]
    [InlineData("line 3: the trait 'fast' is unknown", "sequence\ttraits\na\tuneven\nb\tfast\n")]
    public void What_cannot_be_understood_is_named_with_its_line(string message, string text) =>
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => Table(text)).Message);

    [Fact]
    public void The_projects_own_table_and_list_can_be_read()
    {
        var folder = Path.Combine(Repository.Folder, "docs", "training-data");

        var table = TraitsTable.Read(Path.Combine(folder, "video-more.tsv"));
        Assert.Equal(new SequenceTraits(0.7, SequenceSteps.Sparse, RoughEdges: true, Group: true), table.Of("vsbte_buck"));
        Assert.Equal(8, SequenceList.Read(Path.Combine(folder, "dev-multi.txt")).Distinct().Count());
    }

    [Fact]
    public void Excluded_sequences_are_never_drawn()
    {
        var root = _data.AddVideos("more", 12, null, "one", "two");
        var list = Path.Combine(_data.Root, "never.txt");
        File.WriteAllText(list, "# a comment\none\nleft\nright # also DAVIS's\n");
        var all = new TrainingData(_data.Stills, _data.Davis) { Videos = [root] };
        var some = all with { Exclude = [list] };

        Assert.Equal(["left", "right", "one", "two"], all.OpenVideos(new TrainingOptions(), Assert.Fail).Select(v => v.Name));
        Assert.Equal(["two"], some.OpenVideos(new TrainingOptions(), Assert.Fail).Select(v => v.Name));
        Assert.EndsWith("DAVIS 2016 train, more all", all.Words);
    }

    private TraitsTable Table(string text)
    {
        var path = Path.Combine(_data.Root, "table.tsv");
        File.WriteAllText(path, text);
        return TraitsTable.Read(path);
    }
}
