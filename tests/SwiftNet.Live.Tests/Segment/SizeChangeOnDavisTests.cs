using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Preprocess;
using SwiftNet.Metrics;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>What the budget's measures cost on real pictures; needs the training sequences of DAVIS beside the repository.</summary>
public sealed class SizeChangeOnDavisTests
{
    private const string Sequence = "scooter-gray";

    [Fact]
    public void A_step_down_and_up_again_costs_less_than_three_points_and_so_does_every_second_write()
    {
        var sequence = DavisDataset.Open(Repository.Shared("data", "davis16-train"), 2016, "val").Single(s => s.Name == Sequence);
        using var model = SwiftNetModel.Load(ShippedWeights);

        var whole = MeanJ(sequence, model, _ => 1, _ => true);
        var stepped = MeanJ(sequence, model, t => t is >= 25 and < 50 ? 0.75 : 1, _ => true);
        var deferred = MeanJ(sequence, model, _ => 1, t => t % 2 == 0);

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"J of {Sequence}: {whole:0.0}; with frames 25 to 49 at 3/4 of the size {stepped:0.0}; with every second write left out "
                + $"{deferred:0.0}");
        Assert.InRange(stepped, whole - 3, 100);
        Assert.InRange(deferred, whole - 3, 100);
    }

    private static string ShippedWeights => Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors");

    /// <summary>Mean J of the sequence's one object, of 100, without first and last frame.</summary>
    /// <param name="sequence">What to segment.</param>
    /// <param name="model">The network.</param>
    /// <param name="scale">What the sides of the default size are multiplied by, by frame.</param>
    /// <param name="hasTime">Whether there is time for a memory write after a frame.</param>
    private static double MeanJ(BenchmarkSequence sequence, SwiftNetModel model, Func<long, double> scale, Func<long, bool> hasTime)
    {
        using var source = new ImageFolderSource(sequence.Pictures, TimeProvider.System);
        using var planes = new PlaneMaker(new SegmentOptions().Size);
        using var segmenter = new VideoSegmenter(model, new MemoryOptions());
        var scores = new List<double>();
        byte[] ids = [];
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                planes.Fill(frame, scale(frame.Number));
                var picture = new NetworkFrame(frame.Planes!.Array, frame.NetworkWidth, frame.NetworkHeight);
                var truth = sequence.ReadTruth(frame.Name, frame.Width, frame.Height)!;
                if (!segmenter.Started)
                {
                    segmenter.Start(picture, truth);
                    ids = new byte[frame.Width * frame.Height];
                    continue;
                }

                segmenter.Resize(frame.NetworkWidth, frame.NetworkHeight, frame.Width, frame.Height);
                segmenter.Step(picture, ids);
                if (hasTime(frame.Number))
                {
                    segmenter.Write();
                }

                scores.Add(RegionSimilarity.Measure(truth.Ids, ids));
            }
        }

        return 100 * scores.SkipLast(1).Average();
    }
}
