using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Network;
using SwiftNet.Tests;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Loss;
using SwiftNet.Training.Network;
using TorchSharp;

namespace SwiftNet.Training.Tests.Network;

public class ClipNetworkTests
{
    private const int Frames = 5, Width = 240, Height = 128;
    private static readonly NetworkLayout s_layout = new(torch.CPU, torch.float32, Differentiable: true);

    [Theory]
    [InlineData("one-object", 1, true)]
    [InlineData("two-objects", 2, true)]
    [InlineData("two-objects", 2, false)]
    public void Training_sees_what_the_segmenter_sees(string fixture, int objects, bool previousFrame)
    {
        var batch = Batch(fixture, objects, previousFrame);
        using var weights = StartWeights.Load();
        using var model = SwiftNetModel.Load(StartWeights.Path, "cpu", Precision.Float32, threads: 1);
        using var scope = torch.NewDisposeScope();
        using var network = weights.Network(s_layout);
        var (through, clips) = (new ClipNetwork(network, dropout: 0), new ClipTensors(batch, s_layout));
        var found = through.Forward(clips, through.Remember(clips, through.First(clips)), batch.Use, MaskNoise.None);

        Assert.Equal(Frames - 1, found.Count);
        for (var clip = 0; clip < batch.Shape.Clips; clip++)
        {
            using var segmenter = new VideoSegmenter(model, new MemoryOptions { PreviousFrame = previousFrame, Trigger = TriggerKind.Periodic, Interval = 2, CapacityFrames = 10, PreviousBackgroundPenalty = 0, SearchRadius = 0 });
            segmenter.Start(
                new NetworkFrame(Planes(batch, 0, clip), Width, Height), new IdMask(Width, Height, batch.Mask(0, clip).ToArray()));
            for (var frame = 1; frame < Frames; frame++)
            {
                segmenter.Step(new NetworkFrame(Planes(batch, frame, clip), Width, Height), new byte[Width * Height]);
                segmenter.Write();
                var ours = found[frame - 1][clip].softmax(0).narrow(0, 1, objects);
                var difference = ours.sub(segmenter.State!.Probabilities).abs().max().item<float>();
                Assert.True(difference < 2e-4, $"clip {clip}, frame {frame}: probabilities differ by {difference}");
            }
        }
    }

    [Fact]
    public void Training_finds_from_hints_what_the_picture_that_is_pointed_at_gives()
    {
        var batch = Batch("one-object", 1, previousFrame: false);
        using var weights = StartWeights.Load();
        using var model = SwiftNetModel.Load(StartWeights.Path, "cpu", Precision.Float32, threads: 1);
        using var scope = torch.NewDisposeScope();
        using var network = weights.Network(s_layout);
        var (through, clips) = (new ClipNetwork(network, dropout: 0), new ClipTensors(batch, s_layout));
        var first = through.First(clips);
        for (var seed = 0; seed < 4; seed++)
        {
            var prompts = PromptSimulation.Draw(clips.Masks(0), new Random(seed));
            var found = through.SegmentFromPrompts(clips, first, prompts).softmax(1).narrow(1, 1, 1);
            for (var clip = 0; clip < batch.Shape.Clips; clip++)
            {
                using var picture = new HintedPicture(model, new NetworkFrame(Planes(batch, 0, clip), Width, Height));
                int[] trusted = [.. Trusted(prompts, clip)];
                var theirs = new float[Width * Height];
                picture.Ask(prompts.Masks[clip].contiguous().data<float>().ToArray(), trusted, theirs);
                var difference = found[clip].flatten().sub(torch.tensor(theirs)).abs().max().item<float>();
                Assert.True(difference < 2e-4, $"seed {seed}, clip {clip}, {trusted.Length} cells: probabilities differ by {difference}");
            }
        }
    }

    [Fact]
    public void What_memory_is_told_wrongly_stands_in_the_place_of_what_was_found()
    {
        var batch = Batch("two-objects", 2, previousFrame: true);
        batch.CorruptedMask(2, 0)[..Width].Fill(1);
        batch.CorruptedMask(2, 0)[Width..(2 * Width)].Clear();
        using var scope = torch.NewDisposeScope();
        var clips = new ClipTensors(batch, s_layout);
        var found = torch.full([clips.Clips, 2, Height, Width], 0.4);
        var told = clips.WithCorruption(found, 2);

        Assert.Equal(
            [(1f, 0f), (0f, 0f), (0.4f, 0.4f)],
            Enumerable.Range(0, 3).Select(row => (told[0, 0, row, 5].item<float>(), told[0, 1, row, 5].item<float>())));
        Assert.True(clips.WithCorruption(found, 1).equal(found).all().item<bool>());
    }

    [Fact]
    public void A_mistake_reaches_the_frames_behind_it_and_none_before()
    {
        var (right, wrong) = (Batch("one-object", 1, previousFrame: true), Batch("one-object", 1, previousFrame: true));
        wrong.CorruptedMask(2, 0).Fill(1);
        using var weights = StartWeights.Load();
        using var scope = torch.NewDisposeScope();
        using var network = weights.Network(s_layout);
        var (one, other) = (Found(right), Found(wrong));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(i => one[i].equal(other[i]).all().item<bool>()));

        List<torch.Tensor> Found(Batch batch)
        {
            var (through, clips) = (new ClipNetwork(network, dropout: 0), new ClipTensors(batch, s_layout));
            return through.Forward(clips, through.Remember(clips, through.First(clips)), batch.Use, MaskNoise.None);
        }
    }

    [Fact]
    public void Training_gives_masks_back_as_the_segmenter_does_that_sees_the_first_frame_again()
    {
        var batch = Batch("two-objects", 2, previousFrame: false);
        using var weights = StartWeights.Load();
        using var model = SwiftNetModel.Load(StartWeights.Path, "cpu", Precision.Float32, threads: 1);
        using var scope = torch.NewDisposeScope();
        using var network = weights.Network(s_layout);
        var (through, clips) = (new ClipNetwork(network, dropout: 0), new ClipTensors(batch, s_layout));
        var first = through.First(clips);
        var copied = through.Copy(clips, first, through.Remember(clips, first)).softmax(1).narrow(1, 1, 2);
        for (var clip = 0; clip < batch.Shape.Clips; clip++)
        {
            using var segmenter = new VideoSegmenter(model, new MemoryOptions { PreviousFrame = false, SearchRadius = 0 });
            segmenter.Start(
                new NetworkFrame(Planes(batch, 0, clip), Width, Height), new IdMask(Width, Height, batch.Mask(0, clip).ToArray()));
            segmenter.Step(new NetworkFrame(Planes(batch, 0, clip), Width, Height), new byte[Width * Height]);
            var difference = copied[clip].sub(segmenter.State!.Probabilities).abs().max().item<float>();
            Assert.True(difference < 2e-4, $"clip {clip}: probabilities differ by {difference}");
        }
    }

    [Fact]
    public void Every_parameter_gets_a_gradient()
    {
        var batch = Batch("two-objects", 2, previousFrame: true);
        using var weights = StartWeights.Load();
        Learn(weights, batch);

        Assert.All(weights.Layout.Parameters, parameter => Assert.True(Gradient(weights, parameter.Name) > 0, parameter.Name));
    }

    [Fact]
    public void A_frozen_backbone_gets_none()
    {
        var batch = Batch("one-object", 1, previousFrame: true);
        using var weights = StartWeights.Load();
        weights.BackboneLearns = false;
        Learn(weights, batch);

        Assert.All(
            weights.Layout.Parameters.Where(p => p.Part == NetworkPart.Backbone),
            parameter => Assert.Equal(0, Gradient(weights, parameter.Name)));
        Assert.True(Gradient(weights, "Decoder.pred2.weight") > 0);
    }

    private static void Learn(MasterWeights weights, Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var network = weights.Network(s_layout);
        var (through, clips) = (new ClipNetwork(network, dropout: 0.1), new ClipTensors(batch, s_layout));
        var found = through.Forward(clips, through.Remember(clips, through.First(clips)), batch.Use, new MaskNoise(1, 0.5));
        var losses = found
            .Select(
                (odds, i) =>
                    ClipLoss.Worst(ClipLoss.Pixels(odds, clips.Truth(i + 1), null), 0.2) + ClipLoss.Jaccard(odds, clips.Masks(i + 1)))
            .ToArray();
        torch.stack(losses).mean().backward();
    }

    private static IEnumerable<int> Trusted(PromptSimulation prompts, int row) =>
        prompts.AffinityBias[row, 0].data<float>().ToArray().Index().Where(cell => cell.Item == 0).Select(cell => cell.Index);

    private static double Gradient(MasterWeights weights, string name)
    {
        using var scope = torch.NewDisposeScope();
        return weights.Leaf(name).grad?.abs().sum().item<float>() ?? 0;
    }

    /// <summary>The fixture's clip and its mirror image; both are cut to multiples of 16.</summary>
    private static Batch Batch(string fixture, int objects, bool previousFrame)
    {
        var folder = Repository.Shared("fixtures", fixture);
        var due = Enumerable.Range(0, Frames).Select(t => t > 0 && t % 2 == 0).ToArray();
        var batch = new Batch(0, new BatchShape(Width, Height, Frames, objects, 2), new MemoryUse(previousFrame, due, 0.1));
        var mask = IndexedPng.Read(Path.Combine(folder, "mask-00000.png"));
        for (var frame = 0; frame < Frames; frame++)
        {
            using var picture = Cv2.ImRead(Path.Combine(folder, $"{frame:00000}.png"), ImreadModes.Color);
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var colour = picture.At<Vec3b>(y + 6, x + 5);
                    Set(batch, frame, 0, x, y, colour, mask.Ids[((y + 6) * mask.Width) + x + 5]);
                    Set(batch, frame, 1, Width - 1 - x, y, colour, mask.Ids[((y + 6) * mask.Width) + x + 5]);
                }
            }
        }

        return batch;
    }

    private static void Set(Batch batch, int frame, int clip, int x, int y, Vec3b colour, byte id)
    {
        var at = (y * Width) + x;
        var picture = batch.Picture(frame, clip);
        (picture[3 * at], picture[(3 * at) + 1], picture[(3 * at) + 2]) = (colour.Item2, colour.Item1, colour.Item0);
        batch.Mask(frame, clip)[at] = id;
    }

    private static float[] Planes(Batch batch, int frame, int clip)
    {
        var picture = batch.Picture(frame, clip);
        var planes = new float[picture.Length];
        for (var i = 0; i < picture.Length; i++)
        {
            planes[(i % 3 * Width * Height) + (i / 3)] = picture[i] / 255f;
        }

        return planes;
    }
}
