using System.CommandLine;
using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Preprocess;
using SwiftNet.Network.Int8;

namespace SwiftNet.Live.Commands;

/// <summary><c>calibrate WEIGHTS --output FILE</c>: finds the activation ranges that an 8-bit network needs and writes them into the
/// weights.</summary>
internal static class CalibrateCommand
{
    // So many frames of a sequence, evenly spread, show what the others do.
    private const int FramesOfOneSequence = 8;

    private const int ShownClipped = 5;

    private static readonly Argument<string> s_weights = new("WEIGHTS") { Description = "The weights to calibrate, a safetensors file" };

    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The file to write; may be WEIGHTS itself",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_davis = new("--davis")
    {
        Description = "Calibrates on a data set in DAVIS's layout, with its masks",
        HelpName = "ROOT",
    };

    private static readonly Option<int> s_year = new("--year")
    {
        Description = "DAVIS: the folder of ImageSets",
        DefaultValueFactory = _ => 2016,
    };

    private static readonly Option<string> s_split = new("--split")
    {
        Description = "DAVIS: the list of sequences",
        HelpName = "NAME",
        DefaultValueFactory = _ => "train",
    };

    private static readonly Option<string?> s_frames = new("--frames")
    {
        Description = "Calibrates on a folder of images of your own, such as frames of your camera",
        HelpName = "DIR",
    };

    private static readonly Option<string> s_size = new("--size")
    {
        Description = "Frames are scaled down to fit inside",
        HelpName = "WxH",
        DefaultValueFactory = _ => "576x320",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("calibrate", "Finds the activation ranges of an 8-bit network and writes them into the weights")
        {
            s_weights, s_output, s_davis, s_year, s_split, s_frames, s_size,
        };
        command.SetAction(parsed => Run(parsed, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(ParseResult command, TextWriter report)
    {
        var (weights, output) = (command.GetRequiredValue(s_weights), command.GetRequiredValue(s_output));
        var size = FrameSize.TryParse(command.GetValue(s_size)!, out var parsed)
            ? parsed
            : throw new UserErrorException($"The size {command.GetValue(s_size)} is not understood. Give WxH, such as 576x320.");
        Action<Calibration> follow = (command.GetValue(s_davis), command.GetValue(s_frames)) switch
        {
            ({ } root, null) => Sequences(DavisDataset.Open(root, command.GetValue(s_year), command.GetValue(s_split)!), size),
            (null, { } folder) => Folder(folder, size),
            (null, null) => calibration => calibration.FollowSamples(),
            _ => throw new UserErrorException("Name one source of frames: --davis ROOT or --frames DIR."),
        };
        var recorder = CalibratedWeights.Record(weights, follow);
        CalibratedWeights.Write(weights, output, recorder.Ranges);
        report.WriteLine($"calibrated  {weights}, {recorder.Ranges.All.Count} activations");
        foreach (var (name, excess) in Clipped(recorder))
        {
            report.WriteLine($"clipped     {name}: one value in 10,000 or fewer lies outside, up to {excess:0.0} times the range");
        }

        report.WriteLine($"written     {output}, {new FileInfo(output).Length:N0} bytes");
        return 0;
    }

    /// <summary>Calibrates on the images of a folder, scaled down to fit <paramref name="size"/>.</summary>
    internal static Action<Calibration> Folder(string folder, FrameSize size) => calibration => Follow(calibration, folder, size, null);

    private static IEnumerable<(string Name, double Excess)> Clipped(RangeRecorder recorder) =>
        recorder.Ranges.All
            .Select(range => (range.Key, Excess: Excess(range.Value, recorder.Extremes[range.Key])))
            .OrderByDescending(pair => pair.Excess)
            .Take(ShownClipped);

    private static double Excess(ActivationRange range, ActivationRange extreme) =>
        Math.Max(extreme.High, -extreme.Low) / Math.Max(1e-6, Math.Max(range.High, -range.Low));

    private static Action<Calibration> Sequences(IReadOnlyList<BenchmarkSequence> sequences, FrameSize size) => calibration =>
    {
        foreach (var sequence in sequences)
        {
            Follow(calibration, sequence.Pictures, size, sequence);
        }
    };

    private static void Follow(Calibration calibration, string folder, FrameSize size, BenchmarkSequence? sequence)
    {
        using var source = new ImageFolderSource(folder, TimeProvider.System);
        using var planes = new PlaneMaker(size);
        var frames = new List<float[]>();
        IdMask? mask = null;
        var (width, height) = (0, 0);
        var step = Math.Max(1, source.FrameCount!.Value / FramesOfOneSequence);
        for (var number = 0; source.Read(CancellationToken.None) is { } frame; number++)
        {
            using (frame)
            {
                if (number % step != 0)
                {
                    continue;
                }

                planes.Fill(frame);
                frames.Add(frame.Planes!.Array.AsSpan(0, 3 * frame.NetworkWidth * frame.NetworkHeight).ToArray());
                (width, height) = (frame.NetworkWidth, frame.NetworkHeight);
                mask ??= sequence?.ReadTruth(frame.Name, frame.Width, frame.Height);
            }
        }

        calibration.Follow(frames, width, height, mask);
    }
}
