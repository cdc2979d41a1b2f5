using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Preprocess;
using SwiftNet.Metrics;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>A real video that is interrupted: kept as a file, and gone on with by another instance of the network.</summary>
public sealed class GoingOnWithAVideoTests
{
    private const int Interrupted = 60;
    private const int After = 50;

    [Fact]
    public void The_next_fifty_masks_are_those_of_the_run_that_was_not_interrupted()
    {
        using var source = new VideoFileSource(Sample("cup.mp4"), TimeProvider.System, NullLogger.Instance);
        using var planes = new PlaneMaker(new(384, 224));
        using var model = SwiftNetModel.Load(ShippedWeights);
        using var straight = new VideoSegmenter(model, new MemoryOptions());
        using var file = new MemoryStream();
        using var another = SwiftNetModel.Load(ShippedWeights);
        VideoSegmenter? loaded = null;
        var overlaps = new List<double>();
        byte[] ids = [], expected = [];
        for (var number = 0; number < Interrupted + After; number++)
        {
            using var frame = source.Read(CancellationToken.None)!;
            planes.Fill(frame);
            using var input = frame.Planes!;
            var picture = new NetworkFrame(input.Array, frame.NetworkWidth, frame.NetworkHeight);
            if (number == 0)
            {
                straight.Start(picture, IndexedPng.Read(Sample("cup-mask.png")));
                (ids, expected) = (new byte[frame.Width * frame.Height], new byte[frame.Width * frame.Height]);
                continue;
            }

            straight.Step(picture, expected);
            loaded?.Step(picture, ids);
            straight.Write();
            loaded?.Write();
            if (loaded is not null)
            {
                overlaps.AddRange(from id in (byte[])[1, 2] select Overlap(expected, ids, id));
            }

            if (number == Interrupted - 1)
            {
                straight.Save(file, new Dictionary<string, string>(StringComparer.Ordinal));
                file.Position = 0;
                loaded = VideoSegmenter.Load(another, new MemoryOptions(), file, out _);
            }
        }

        loaded!.Dispose();
        Assert.Equal(2 * After, overlaps.Count);
        Assert.InRange(overlaps.Min(), 0.99, 1);
        Assert.Contains((byte)1, expected);
    }

    private static string ShippedWeights => Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors");

    private static string Sample(string name) => Path.Combine(Repository.Folder, "samples", name);

    private static double Overlap(byte[] one, byte[] other, byte id) =>
        RegionSimilarity.Measure(
            Array.ConvertAll(one, i => i == id ? (byte)1 : (byte)0), Array.ConvertAll(other, i => i == id ? (byte)1 : (byte)0));
}
