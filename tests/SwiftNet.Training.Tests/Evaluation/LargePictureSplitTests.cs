using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;

namespace SwiftNet.Training.Tests.Evaluation;

public sealed class LargePictureSplitTests : IDisposable
{
    private static readonly Size s_size = new(480, 270);
    private readonly MadeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void One_to_seven_small_objects_move_in_large_pictures_and_the_same_seed_makes_the_same()
    {
        var names = Write("one", 1);
        Write("two", 1);
        Write("three", 2);

        Assert.Equal(12, names.Count);
        var largest = 0;
        foreach (var name in names)
        {
            var mask = IndexedPng.Read(Mask("one", name));
            Assert.Equal((480, 270), (mask.Width, mask.Height));
            Assert.Equal(int.Parse(name[^1..], System.Globalization.CultureInfo.InvariantCulture), mask.DistinctIds().Length);
            largest = Math.Max(largest, mask.DistinctIds().Max(id => mask.Ids.Count(one => one == id)));
            Assert.Equal(File.ReadAllBytes(Mask("one", name)), File.ReadAllBytes(Mask("two", name)));
            Assert.NotEqual(File.ReadAllBytes(Mask("one", name)), File.ReadAllBytes(Mask("three", name)));
        }

        Assert.InRange(largest / (480.0 * 270), 0.0002, 0.035);
        Assert.Equal(LargePictureSplit.Frames, Directory.GetFiles(Path.GetDirectoryName(Mask("one", names[0]))!).Length);
    }

    [Fact]
    public void It_is_scored_through_windows_within_the_budget()
    {
        // The one whose object is largest: the others have few pixels in pictures of this size.
        var name = Write("one", 1).Take(4).MaxBy(one => IndexedPng.Read(Mask("one", one)).Ids.Count(id => id > 0));
        var sequence = VideoSequences
            .OpenDavis(Path.Combine(_data.Root, "one"), 2017, LargePictureSplit.Name, _ => SequenceTraits.Default, Assert.Fail)
            .Find(s => s.Name == name)!;
        var outcome = Assert.Single(
            new DevelopmentSplit([sequence], new Size(128, 128), windows: true).Score(StartWeights.Path, previousFrame: true));

        Assert.InRange(new SplitScore([outcome]).Both, 70, 100);
        Assert.Equal(LargePictureSplit.Frames - 2, outcome.Windows!.Value.Steps);
        Assert.InRange(outcome.Windows!.Value.Pixels / (double)outcome.Windows!.Value.Steps, 1, 128 * 80);
    }

    private string Mask(string split, string name) => Path.Combine(_data.Root, split, "Annotations", "480p", name, "00000.png");

    private IReadOnlyList<string> Write(string split, int seed) =>
        new LargePictureSplit(StillPictures.Open(_data.Stills, HeldOut.Contains, Assert.Fail), s_size, seed).Write(
            Path.Combine(_data.Root, split));
}
