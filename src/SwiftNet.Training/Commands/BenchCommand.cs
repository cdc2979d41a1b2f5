using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Network;
using SwiftNet.Training.Run;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Training.Commands;

/// <summary><c>bench</c>: measures the duration of a training step in bfloat16 and float32, interleaved so that other load affects both
/// alike.</summary>
internal static class BenchCommand
{
    private static readonly Option<string> s_weights = new("--weights")
    {
        Description = "Any weights file of the network",
        Required = true,
        HelpName = "FILE",
    };
    private static readonly Option<int> s_rounds = new("--rounds")
    {
        Description = "Steps per format, of which the first two are warm-up and not counted",
        DefaultValueFactory = _ => 10,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "bench", "Measures a training step in bfloat16 and float32; default 256x256, 4 clips of 3 frames, one object")
        {
            s_weights, s_rounds, TrainCommand.Threads,
        };
        OptionTable.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        TrainCommand.PrepareTorch(command);
        var options = OptionTable.Read(command, new TrainingOptions { Crop = 256, Frames = 3, Objects = 1, BatchSize = 4 });
        var path = command.GetValue(s_weights)!;
        var file = SafetensorsFile.Open(path);
        torch.ScalarType[] types = [torch.bfloat16, torch.float32];
        var states = Array.ConvertAll(
            types, type => new TrainingState(new MasterWeights(path, file.Tensors, file.Metadata), options, type));
        var times = Array.ConvertAll(types, _ => new List<double[]>());
        var plan = new BatchPlan(options);
        for (var round = 0; round < command.GetValue(s_rounds); round++)
        {
            var batch = plan.Draw(round);
            Random(batch);
            for (var i = 0; i < types.Length; i++)
            {
                var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                states[i].TrainStep(batch);
                var (all, forward, backward) = (Stopwatch.GetElapsedTime(start), states[i].Forward, states[i].Backward);
                times[i].Add(
                    [
                        all.TotalSeconds, forward.TotalSeconds, backward.TotalSeconds, (all - forward - backward).TotalSeconds,
                        (Environment.CpuUsage.TotalTime - used).TotalSeconds,
                    ]);
            }
        }

        for (var i = 0; i < types.Length; i++)
        {
            var median = Enumerable.Range(0, 5).Select(part => Median(times[i].Skip(2).Select(t => t[part]))).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{types[i]}: {median[0]:0.000} s per step (median of {times[i].Count - 2}): forward {median[1]:0.000}, "
                    + $"backward {median[2]:0.000}, update {median[3]:0.000}; processor time {median[4]:0.000} s"));
            states[i].Dispose();
        }

        return 0;
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered.Length == 0 ? double.NaN : ordered[ordered.Length / 2];
    }

    /// <summary>Fills a batch with noise and one block per object: the duration of a step does not depend on the content.</summary>
    private static void Random(Batch batch)
    {
        new Random(batch.Step).NextBytes(batch.Pictures);
        var shape = batch.Shape;
        for (var i = 0; i < batch.Ids.Length; i++)
        {
            var (x, y) = (i % shape.Width, i / shape.Width % shape.Height);
            batch.Ids[i] = y < shape.Height / 2 ? (byte)(1 + (x * shape.Objects / shape.Width)) : (byte)0;
        }
    }
}
