using SwiftNet.Imaging.Datasets;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Metrics;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Commands.Eval;

public sealed class SequenceRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SwiftNetModel _model = SwiftNetModel.Load(
        Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors"), "cpu");

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_scores_are_those_of_the_masks_that_are_kept()
    {
        MadeDataset.WriteDavis(_folder.Root, 5, "walk");

        var result = Run(DavisDataset.Open(_folder.Root, 2017, "val")[0], _folder["masks"]);

        Assert.Equal([1, 2], result.Objects.Select(o => o.Id));
        Assert.Equal(5, result.Frames);
        Assert.Equal(MadeDataset.Truth(0, 1, 2), Kept("walk", 0));
        var boundary = new BoundaryAccuracy(MadeDataset.Width, MadeDataset.Height);
        foreach (var scores in result.Objects)
        {
            // The first and the last frame are not scored.
            var pairs = Enumerable.Range(1, 3)
                .Select(f => (Truth: Of(MadeDataset.Truth(f, 1, 2), scores.Id), Result: Of(Kept("walk", f), scores.Id)))
                .ToArray();
            Assert.Equal(pairs.Select(p => RegionSimilarity.Measure(p.Truth, p.Result)), scores.Region);
            Assert.Equal(pairs.Select(p => boundary.Measure(p.Truth, p.Result)), scores.Boundary);
        }

        Assert.Equal(
            ["00000.png", "00001.png", "00002.png", "00003.png", "00004.png"],
            Directory.EnumerateFiles(Path.Combine(_folder["masks"], "walk")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void In_2016_all_objects_are_followed_as_one()
    {
        MadeDataset.WriteDavis(_folder.Root, 3, "walk");

        var result = Run(DavisDataset.Open(_folder.Root, 2016, "val")[0]);

        Assert.Equal(1, Assert.Single(result.Objects).Id);
        Assert.Single(result.Objects[0].Region);
    }

    [Fact]
    public void Objects_of_YouTube_VOS_enter_where_annotated_and_are_scored_from_the_next_annotation_on()
    {
        // Nothing at first, then object 1, then 2 annotated alone, then both.
        MadeDataset.WritePictures(Path.Combine(_folder["JPEGImages"], "0a1b"), 6);
        var annotations = Path.Combine(_folder["Annotations"], "0a1b");
        MadeDataset.WriteTruth(annotations, 1, 1);
        MadeDataset.WriteTruth(annotations, 3, 2);
        MadeDataset.WriteTruth(annotations, 5, 1, 2);

        var result = Run(YouTubeVosDataset.Open(_folder.Root, "valid")[0], _folder["masks"]);

        Assert.Equal([(1, 1), (2, 1)], result.Objects.Select(o => ((int)o.Id, o.Region.Count)));
        Assert.Equal(5, result.Frames);
        Assert.DoesNotContain(Kept("0a1b", 0), id => id > 0);
        Assert.Equal(MadeDataset.Truth(1, 1), Kept("0a1b", 1));
        Assert.Equal(Of(MadeDataset.Truth(3, 2), 2), Of(Kept("0a1b", 3), 2));
        Assert.Equal(RegionSimilarity.Measure(Of(MadeDataset.Truth(5, 1, 2), 2), Of(Kept("0a1b", 5), 2)), result.Objects[1].Region[0]);
    }

    [Fact]
    public void Writes_follow_the_settings()
    {
        MadeDataset.WriteDavis(_folder.Root, 7, "walk");
        var sequence = DavisDataset.Open(_folder.Root, 2017, "val")[0];

        Assert.Equal(3, Run(sequence, null, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 2 }).Writes);
        Assert.Equal(0, Run(sequence, null, new MemoryOptions { Trigger = TriggerKind.Never }).Writes);
    }

    [Fact]
    public void An_empty_first_annotation_is_told()
    {
        MadeDataset.WriteDavis(_folder.Root, 3, "walk");
        MadeDataset.WriteTruth(Path.Combine(_folder["Annotations"], "480p", "walk"), 0);

        var error = Assert.Throws<UserErrorException>(() => Run(DavisDataset.Open(_folder.Root, 2017, "val")[0]));

        Assert.Contains("first annotation of walk is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_cannot_be_kept_are_told()
    {
        MadeDataset.WriteDavis(_folder.Root, 3, "walk");
        File.WriteAllText(_folder["masks"], "a file in the way");

        Assert.Contains(
            "cannot be kept",
            Assert.Throws<UserErrorException>(() => Run(DavisDataset.Open(_folder.Root, 2017, "val")[0], _folder["masks"])).Message,
            StringComparison.Ordinal);
    }

    private SequenceResult Run(BenchmarkSequence sequence, string? masks = null, MemoryOptions? memory = null)
    {
        using var run = new SequenceRun(sequence, _model, new Settings { Memory = memory ?? new MemoryOptions() }, masks);
        return run.Run();
    }

    private byte[] Kept(string sequence, int frame) => IndexedPng.Read(Path.Combine(_folder["masks"], sequence, $"{frame:D5}.png")).Ids;

    private static byte[] Of(byte[] ids, byte id) => Array.ConvertAll(ids, i => i == id ? (byte)1 : (byte)0);
}
