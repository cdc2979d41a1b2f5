using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Network;
using SwiftNet.Tests;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Live.Tests.Parity;

/// <summary>Against what the published implementation computes with the same weights; needs the fixtures beside the repository.</summary>
public sealed class ParityTests
{
    // Of the published evaluation, which the fixtures follow: periodic writes, previous frame on, nothing evicted.
    private static readonly MemoryOptions s_published = new()
    {
        Trigger = TriggerKind.Periodic,
        Interval = 5,
        Beta = 0.1,
        PreviousFrame = true,
        CapacityFrames = 3,
        PreviousBackgroundPenalty = 0,
        SearchRadius = 0,
    };

    [Theory]
    [InlineData("one-object")]
    [InlineData("two-objects")]
    public void Twelve_frames_agree_with_the_published_implementation(string clip)
    {
        var folder = Repository.Shared("fixtures", clip);
        NativeSettings.Quieten();
        using var scope = torch.NewDisposeScope();
        var expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        torch.Tensor Expected(string name) => expected.Tensors[name].ToTensor(torch.ScalarType.Float32);
        using var model = SwiftNetModel.Load(
            Repository.Shared("weights", "swiftnet-r18-start.safetensors"), new NetworkLayout(torch.CPU, torch.ScalarType.Float32));
        using var segmenter = new VideoSegmenter(model, s_published);
        var mask = IndexedPng.Read(Path.Combine(folder, "mask-00000.png"));
        var pixels = Expected("matched_and_memory_pixels").to(torch.int32);
        var ids = new byte[mask.Ids.Length];
        var report = TestContext.Current.TestOutputHelper!;

        segmenter.Start(Picture.Read(Path.Combine(folder, "00000.png")).Frame, mask);
        var video = segmenter.State!;
        for (var i = 0; i < video.Ids.Length; i++)
        {
            var memory = video.Memory.Objects[i];
            Assert.InRange(Difference(memory.StoredKeys.t(), Expected("first.keys")[i]), 0, 1e-4);
            Assert.InRange(Difference(memory.StoredValues.t(), Expected("first.values")[i]), 0, 1e-4);
        }

        for (var t = 1; t <= 11; t++)
        {
            Assert.Equal(pixels[t - 1, 0].item<int>(), video.Memory.Objects[0].Matched);
            torch.Tensor? logits4 = null;
            segmenter.LogitsFound = found => logits4 = found.clone().DetachFromDisposeScope();
            segmenter.Step(Picture.Read(Path.Combine(folder, $"{t:D5}.png")).Frame, ids);
            if (t == 1)
            {
                Assert.InRange(Difference(video.Features.R4, Expected("frame1.r4")), 0, 1e-4);
            }

            if (expected.Tensors.ContainsKey($"frame{t}.probabilities"))
            {
                var logits = Difference(
                    torch.nn.functional.interpolate(
                        logits4!, scale_factor: [4, 4], mode: torch.InterpolationMode.Bilinear, align_corners: false),
                    Expected($"frame{t}.decoder"));
                var probabilities = Difference(video.Probabilities, Expected($"frame{t}.probabilities").narrow(0, 1, video.Ids.Length));
                report.WriteLine($"{clip} frame {t}: logits within {logits:E1}, probabilities within {probabilities:E1}");
                Assert.InRange(logits, 0, 1e-3);
                Assert.InRange(probabilities, 0, 1e-4);
            }

            var truth = Expected($"frame{t}.mask").to(torch.uint8).flatten().data<byte>().ToArray();
            var equal = ids.Zip(truth).Count(p => p.First == p.Second);
            Assert.True(equal >= 0.999 * ids.Length, $"frame {t}: {equal} of {ids.Length} ids agree");
            segmenter.Write();
            Assert.Equal(pixels[t - 1, 1].item<int>(), segmenter.MemoryPixels);
        }
    }

    private static double Difference(torch.Tensor a, torch.Tensor b) => a.sub(b).abs().max().item<float>();
}
