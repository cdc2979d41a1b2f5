using SwiftNet.Imaging.Png;
using SwiftNet.Imaging.Scoring;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Tests.Evaluation;

public sealed class MultiObjectSplitTests : IDisposable
{
    private readonly MadeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Two_to_seven_objects_are_pasted_on_each_video_and_the_same_seed_makes_the_same()
    {
        var names = Write("one", 1);
        Write("two", 1);
        Write("three", 2);

        Assert.Equal(["other-2", "other-3", "other-5", "other-7"], names);
        foreach (var (name, objects) in names.Zip([2, 3, 5, 7]))
        {
            Assert.Equal(objects, IndexedPng.Read(Mask("one", name)).DistinctIds().Length);
            Assert.Equal(File.ReadAllBytes(Mask("one", name)), File.ReadAllBytes(Mask("two", name)));
            Assert.NotEqual(File.ReadAllBytes(Mask("one", name)), File.ReadAllBytes(Mask("three", name)));
        }

        var sequences = VideoSequences.OpenDavis(
            Path.Combine(_data.Root, "one"), 2017, MultiObjectSplit.Name, _ => SequenceTraits.Default, Assert.Fail);
        Assert.All(sequences, s => Assert.Equal(12, s.Length));
    }

    [Fact]
    public void Weights_are_scored_on_it()
    {
        Write("one", 1);
        var sequences = VideoSequences.OpenDavis(
            Path.Combine(_data.Root, "one"), 2017, MultiObjectSplit.Name, _ => SequenceTraits.Default, Assert.Fail);
        var outcome = Assert.Single(new DevelopmentSplit([sequences[0]], null).Score(StartWeights.Path, previousFrame: false));
        var score = new SplitScore([outcome]);

        Assert.Equal(2, score.Count);
        Assert.InRange(score.Both, 1, 100);
        Assert.All(outcome.Objects, o => Assert.Equal(10, o.Region.Count));
        Assert.Equal(
            2,
            outcome.OfSize(new SizeClass("small", 0, 0.01)).Objects.Count + outcome.OfSize(new SizeClass("large", 0.01, 2)).Objects.Count);
    }

    [Fact]
    public void Frames_are_scored_alone_from_a_truth_before()
    {
        Write("one", 1);
        var sequences = VideoSequences.OpenDavis(
            Path.Combine(_data.Root, "one"), 2017, MultiObjectSplit.Name, _ => SequenceTraits.Default, Assert.Fail);
        double Both(int? told)
        {
            var outcome = Assert.Single(
                new DevelopmentSplit([sequences[0]], null).Score(StartWeights.Path, previousFrame: true, referenceOffset: told));
            Assert.All(outcome.Objects, o => Assert.Equal(told is null ? 10 : 2, o.Region.Count));
            return new SplitScore([outcome]).Both;
        }

        // The frame's own truth says the most of it.
        Assert.InRange(Both(0), Both(5), 100);
    }

    [Fact]
    public void A_grid_of_single_pixels_gives_the_truth_back_and_a_coarser_one_less()
    {
        Write("one", 1);
        var sequences = VideoSequences.OpenDavis(
            Path.Combine(_data.Root, "one"), 2017, MultiObjectSplit.Name, _ => SequenceTraits.Default, Assert.Fail);
        double[] scores =
        [
            .. ((int[])[1, 8, 32]).Select(stride => new SplitScore([new OracleGridScore(null, stride).Score(sequences[0])]).J),
        ];

        Assert.Equal(100, scores[0], 1e-9);
        Assert.InRange(scores[1], scores[2], 99.9);
    }

    private string Mask(string split, string name) => Path.Combine(_data.Root, split, "Annotations", "480p", name, "00000.png");

    private IReadOnlyList<string> Write(string split, int seed)
    {
        var videos = VideoSequences.OpenDavis(_data.Davis, 2016, "val", _ => SequenceTraits.Default, Assert.Fail);
        var heldOut = StillPictures.Open(_data.Stills, HeldOut.Contains, Assert.Fail);
        return new MultiObjectSplit(videos, heldOut, seed).Write(Path.Combine(_data.Root, split));
    }
}
