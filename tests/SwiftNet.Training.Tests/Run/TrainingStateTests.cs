using System.Runtime.InteropServices;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Network;
using SwiftNet.Training.Run;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Training.Tests.Run;

public class TrainingStateTests
{
    private static readonly TrainingOptions s_options = new()
    {
        Crop = 64,
        Frames = 3,
        Objects = 2,
        BatchSize = 1,
        Iterations = 40,
        WarmUp = 5,
        Seed = 3,
    };

    [Fact]
    public void Twenty_steps_are_ten_and_ten_more()
    {
        using var data = new MadeData();
        var maker = new TrainingData(data.Stills, data.Davis).Open(s_options, Assert.Fail);
        using var straight = new TrainingState(StartWeights.Load(), s_options, torch.bfloat16);
        Run(straight, maker, 20);

        var folder = Directory.CreateDirectory(Path.Combine(data.Root, "run")).FullName;
        using (var first = new TrainingState(StartWeights.Load(), s_options, torch.bfloat16))
        {
            Run(first, maker, 10);
            TrainingCheckpoint.Save(folder, first, s_options);
        }

        var path = TrainingCheckpoint.Newest(folder)!;
        var file = SafetensorsFile.Open(path);
        var options = TrainingCheckpoint.Options(path, file);
        Assert.Equal(s_options, options);
        using var second = new TrainingState(TrainingCheckpoint.Weights(path, file), options, torch.bfloat16);
        TrainingCheckpoint.Load(path, file, second);
        Run(second, new TrainingData(data.Stills, data.Davis).Open(options, Assert.Fail), 20);

        Assert.Equal(20, second.Step);
        Assert.True(Same(straight.Weights.Values, second.Weights.Values), "weights");
        Assert.True(Same(straight.Optimiser.First, second.Optimiser.First), "first moments");
        Assert.True(Same(straight.Optimiser.Second, second.Optimiser.Second), "second moments");
        Assert.True(Same(straight.Average.Values, second.Average.Values), "average");
    }

    [Fact]
    public void A_step_of_no_number_is_counted_and_changes_nothing()
    {
        using var data = new MadeData();
        var maker = new TrainingData(data.Stills, data.Davis).Open(s_options, Assert.Fail);
        using var state = new TrainingState(StartWeights.Load(), s_options, torch.float32);
        state.Weights.Values[^1] = float.NaN;
        var before = state.Weights.Values.ToArray();
        var average = state.Average.Values.ToArray();

        Run(state, maker, 1);

        Assert.Equal(1, state.Skipped);
        Assert.Equal(1, state.Step);
        Assert.True(Same(before, state.Weights.Values), "weights");
        Assert.True(Same(average, state.Average.Values), "average");
    }

    [Fact]
    public void The_same_clips_again_and_again_are_learnt()
    {
        using var data = new MadeData();
        var options = s_options with { Dropout = 0, MaskNoise = 0, BackboneRate = 0 };
        var maker = new TrainingData(data.Stills, data.Davis).Open(options, Assert.Fail);
        using var state = new TrainingState(StartWeights.Load(), options, torch.bfloat16);
        var batch = new BatchPlan(options).Draw(0);
        maker.Fill(batch);
        var first = state.TrainStep(batch);
        var last = first;
        for (var i = 0; i < 12; i++)
        {
            last = state.TrainStep(batch);
        }

        Assert.True(last.CrossEntropy + last.Jaccard < first.CrossEntropy + first.Jaccard, $"from {first} to {last}");
        Assert.Equal(0, state.Skipped);
    }

    [Fact]
    public void Each_part_is_learnt_at_its_own_rate()
    {
        using var data = new MadeData();
        var options = s_options with { BackboneRate = 0, MaskEncoderRate = 0, DecoderRate = 2, BoundaryWeight = 0.5 };
        var maker = new TrainingData(data.Stills, data.Davis).Open(options, Assert.Fail);
        using var state = new TrainingState(StartWeights.Load(), options, torch.float32);
        var before = state.Weights.Values.ToArray();
        Run(state, maker, 1);

        foreach (var group in state.Weights.Layout.Groups)
        {
            var same = Same(before.AsSpan(group.Offset, group.Count), state.Weights.Values.Slice(group.Offset, group.Count));
            Assert.Equal(group.Part is NetworkPart.Backbone or NetworkPart.MaskEncoder, same);
        }
    }

    [Fact]
    public void The_backbone_learns_in_one_of_so_many_steps()
    {
        using var data = new MadeData();
        var options = s_options with { BackboneRate = 1, BackboneEvery = 3 };
        var maker = new TrainingData(data.Stills, data.Davis).Open(options, Assert.Fail);
        using var state = new TrainingState(StartWeights.Load(), options, torch.float32);
        var backbone = state.Weights.Layout.Groups.First(g => g.Part == NetworkPart.Backbone);
        var changed = Enumerable.Range(1, 5).Select(until =>
        {
            var before = state.Weights.Values.ToArray();
            Run(state, maker, until);
            Assert.False(Same(before, state.Weights.Values));
            return !Same(before.AsSpan(backbone.Offset, backbone.Count), state.Weights.Values.Slice(backbone.Offset, backbone.Count));
        });

        Assert.Equal([true, false, false, true, false], changed);
    }

    /// <summary>Bit for bit; and an assertion on millions of numbers one by one would take minutes.</summary>
    private static bool Same(ReadOnlySpan<float> one, ReadOnlySpan<float> other) =>
        MemoryMarshal.AsBytes(one).SequenceEqual(MemoryMarshal.AsBytes(other));

    [Fact]
    public void A_checkpoint_with_former_option_names_is_resumed_with_their_values()
    {
        var folder = Directory.CreateTempSubdirectory("swiftnet-former-").FullName;
        try
        {
            using var state = new TrainingState(StartWeights.Load(), s_options, torch.float32);
            var path = TrainingCheckpoint.Save(folder, state, s_options);
            var file = SafetensorsFile.Open(path);
            var former = file.Metadata["options"]
                .Replace("\"MemoryCorruptionShare\":0", "\"MistakeShare\":0.5", StringComparison.Ordinal)
                .Replace("\"PromptShare\":", "\"HintShare\":", StringComparison.Ordinal)
                .Replace("\"ThinOccluderShare\":", "\"ScreenShare\":", StringComparison.Ordinal);
            SafetensorsFile.Write(path, file.Tensors, new Dictionary<string, string>(file.Metadata) { ["options"] = former });

            Assert.Equal(s_options with { MemoryCorruptionShare = 0.5 }, TrainingCheckpoint.Options(path, SafetensorsFile.Open(path)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(TrainingState state, ClipMaker maker, int until)
    {
        using var source = new BatchSource(new BatchPlan(s_options), maker, state.Step, ahead: 2);
        while (state.Step < until)
        {
            state.TrainStep(source.Next());
        }
    }
}
