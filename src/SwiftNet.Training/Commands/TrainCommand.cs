using System.CommandLine;
using OpenCvSharp;
using SwiftNet.Network;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;
using SwiftNet.Training.Network;
using SwiftNet.Training.Run;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Training.Commands;

/// <summary><c>train</c>: trains the network from given weights, or resumes a run.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The run's folder for log, checkpoints and exported weights",
        Required = true,
        HelpName = "DIR",
    };
    private static readonly Option<bool> s_resume = new("--resume")
    {
        Description = "Resumes from the newest checkpoint in --output, with its options",
    };
    private static readonly Option<string?> s_weights = new("--weights") { Description = "The initial weights", HelpName = "FILE" };
    private static readonly Option<int?> s_steps = new("--steps")
    {
        Description = "Stops after this number of steps; resume later with --resume",
        HelpName = "N",
    };
    private static readonly Option<int> s_report = new("--report-every")
    {
        Description = "Steps between two lines of progress",
        DefaultValueFactory = _ => 20,
    };
    private static readonly Option<double> s_save = new("--save-minutes")
    {
        Description = "Minutes between two checkpoints",
        DefaultValueFactory = _ => 10,
    };
    private static readonly Option<double> s_score = new("--score-minutes")
    {
        Description = "Minutes between two scores of the development split",
        DefaultValueFactory = _ => 60,
    };
    private static readonly Option<string?> s_development = new("--development")
    {
        Description = "DAVIS: name of the list of sequences scored at intervals and never trained on; without it no scores are computed",
        HelpName = "NAME",
    };
    private static readonly Option<bool> s_float32 = new("--float32")
    {
        Description = "Computes in float32; default: float32 or bfloat16, whichever is measured to be faster on this machine",
    };

    private static readonly Option<bool> s_bfloat16 = new("--bfloat16") { Description = "Computes in bfloat16" };

    /// <summary>Number of threads for tensor operations.</summary>
    internal static Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads for tensor operations; 0 = one per core",
        HelpName = "N",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("train", "Trains the network")
        {
            s_output, s_resume, s_weights, Threads, s_steps, s_report, s_float32, s_bfloat16, s_save, s_score, s_development,
            EvaluateCommand.FrameSize,
        };
        DataOptions.AddTo(command);
        OptionTable.AddTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed, stop)));
        return command;
    }

    /// <summary>Configures Torch; call once before the first tensor.</summary>
    internal static void PrepareTorch(ParseResult command)
    {
        NativeSettings.Quieten();
        NativeSettings.FlushDenormals();
        var threads = command.GetValue(Threads);
        torch.set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
    }

    private static int Run(ParseResult command, CancellationToken stop)
    {
        var output = command.GetValue(s_output)!;
        Directory.CreateDirectory(output);
        Cv2.SetNumThreads(1);
        PrepareTorch(command);
        using var state = Open(command, output, out var options);
        var data = DataOptions.Read(command);
        var maker = data.Open(options, Console.Error.WriteLine);
        var development = Development(command, data);
        var plan = new RunPlan(output, data.Words)
        {
            Steps = command.GetValue(s_steps),
            Save = TimeSpan.FromMinutes(command.GetValue(s_save)),
            Score = TimeSpan.FromMinutes(command.GetValue(s_score)),
        };
        var every = command.GetValue(s_report);
        if (Console.IsOutputRedirected)
        {
            new Trainer(state, options, maker, development, plan, new LineReport(Console.Out, every)).Run(stop);
        }
        else
        {
            ProgressReport.Run(
                state.Step, options.Iterations, every, report => new Trainer(state, options, maker, development, plan, report).Run(stop));
        }

        return 0;
    }

    private static DevelopmentSplit? Development(ParseResult command, TrainingData data)
    {
        if (data.Davis is null || command.GetValue(s_development) is not { Length: > 0 } list)
        {
            return null;
        }

        var sequences = VideoSequences.OpenDavis(data.Davis, data.Year, list, _ => SequenceTraits.Default, Console.Error.WriteLine);
        return new DevelopmentSplit(sequences, EvaluateCommand.Parse(command.GetValue(EvaluateCommand.FrameSize)!));
    }

    private static torch.ScalarType Format(ParseResult command)
    {
        switch (command.GetValue(s_float32), command.GetValue(s_bfloat16))
        {
            case (true, true):
                throw new UserErrorException("--float32 and --bfloat16 exclude each other.");
            case (true, false):
                return torch.float32;
            case (false, true):
                return torch.bfloat16;
            default:
                var fastest = FormatTimer.Measure().First(timing => timing.Format != "int8");
                Console.WriteLine($"Training in {fastest.Format}, the fastest format measured on this processor");
                return FormatSelector.Type(fastest.Format);
        }
    }

    private static TrainingState Open(ParseResult command, string output, out TrainingOptions options)
    {
        if (command.GetValue(s_resume))
        {
            var path = TrainingCheckpoint.Newest(output)
                ?? throw new UserErrorException($"{output} contains no checkpoint to resume from.");
            var file = SafetensorsFile.Open(path);
            options = OptionTable.Read(command, TrainingCheckpoint.Options(path, file));
            var resumed = new TrainingState(TrainingCheckpoint.Weights(path, file), options, Format(command));
            TrainingCheckpoint.Load(path, file, resumed);
            return resumed;
        }

        if (TrainingCheckpoint.Newest(output) is { } there)
        {
            throw new UserErrorException($"{there} already exists: choose another --output, or resume with --resume.");
        }

        options = OptionTable.Read(command, new TrainingOptions());
        var weights = command.GetValue(s_weights) ?? throw new UserErrorException("--weights FILE is required, unless --resume is given.");
        var started = SafetensorsFile.Open(weights);
        return new TrainingState(new MasterWeights(weights, started.Tensors, started.Metadata), options, Format(command));
    }
}
