using System.Diagnostics;
using SwiftNet.Live.Options;
using SwiftNet.Live.Preprocess;
using SwiftNet.Live.Segment;
using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Live.Bench;

/// <summary>Measures one case in this process: from a BGR frame in host memory to full-size ids in host memory, the memory write included
/// and memory full.</summary>
internal static class BenchRun
{
    /// <summary>Frames after which the process is as large as it should stay.</summary>
    public const int SettledFrames = 500;

    // Nearly every pixel of the drifting picture differs a little from the frame before, so that P passes this every fifth
    // frame: as often as the published evaluation writes.
    private const double FramesBetweenWrites = 4.5;
    private const int WarmUpFrames = 8;

    // The runtime compiles what is used often once more, on a thread of its own, within the first seconds.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    /// <summary>Measures it.</summary>
    /// <param name="settings">Weights, device, precision, threads and memory.</param>
    /// <param name="bench">The case.</param>
    /// <param name="frames">Frames measured, after some that are not.</param>
    public static BenchResult Measure(Settings settings, BenchCase bench, int frames)
    {
        using var model = Load(settings.Segment, bench.Path);
        using var segmenter = new VideoSegmenter(
            model,
            settings.Memory with { PreviousFrame = bench.PreviousFrame, FrameThreshold = 0, WriteAreaThreshold = FramesBetweenWrites });
        // The picture is made up: whatever the network takes for its objects costs what a mask costs.
        segmenter.BelievesAll = true;
        using var picture = new BenchPicture(bench.Size);
        using var planes = new PlaneMaker(FrameSize.Native);
        var ids = new byte[bench.Size.Width * bench.Size.Height];
        var samples = new Samples(frames);
        var writes = 0;
        var resident = 0L;
        var shown = 0;

        bool Next(int number)
        {
            using var frame = picture.Frame(shown++);
            var clock = Stopwatch.StartNew();
            planes.Fill(frame);
            var prepared = clock.Elapsed;
            var network = new NetworkFrame(frame.Planes!.Array, frame.NetworkWidth, frame.NetworkHeight);
            if (!segmenter.Started)
            {
                segmenter.Start(network, picture.Mask(bench.Objects));
                segmenter.State!.Memory.Fill();
                return false;
            }

            segmenter.Step(network, ids);
            var written = segmenter.Write() is not null;
            if (number >= 0)
            {
                samples.Add(number, clock.Elapsed, prepared, segmenter.Times);
            }

            return written;
        }

        for (var warming = Stopwatch.StartNew(); shown < WarmUpFrames || warming.Elapsed < s_warmUp;)
        {
            Next(-1);
        }

        ResetCounts(model);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var number = 0; number < frames; number++)
        {
            writes += Next(number) ? 1 : 0;
            resident = number == Math.Min(SettledFrames, frames) - 1 ? Environment.WorkingSet : resident;
        }

        return new BenchResult
        {
            Parts = samples.Parts,
            AllocatedBytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / frames,
            ResidentWhenSettled = resident,
            ResidentAtEnd = Environment.WorkingSet,
            LiveTensors = torch.Tensor.TotalCount,
            WriteRate = (double)writes / frames,
            Format = model.Format,
            MultiplyAdds = MultiplyAdds(model, segmenter, frames),
        };
    }

    private static SwiftNetModel Load(SegmentOptions options, BenchPath path)
    {
        var weights = WeightsFile.Find(options.Weights);
        if (path is BenchPath.Fast or BenchPath.Pipeline)
        {
            return SwiftNetModel.Load(weights, options.Device, options.Precision, options.Threads);
        }

        torch.set_num_threads(options.Threads == 0 ? Environment.ProcessorCount : options.Threads);
        NativeSettings.Quieten();
        return SwiftNetModel.Load(
            weights, new NetworkLayout(Devices.Find(options.Device), torch.ScalarType.Float32, ChannelsLast: false, Folded: false));
    }

    private static void ResetCounts(SwiftNetModel model)
    {
        foreach (var layer in model.Layers)
        {
            layer.MultiplyAdds = 0;
        }
    }

    private static Dictionary<string, double> MultiplyAdds(SwiftNetModel model, VideoSegmenter segmenter, int frames)
    {
        var all = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var layer in model.Layers)
        {
            all[layer.Name] = (double)layer.MultiplyAdds / frames;
        }

        // Each query pixel with each memory pixel: the affinity over a key, the read over a value.
        var video = segmenter.State!;
        all["match"] = 0;
        foreach (var memory in video.Memory.Objects)
        {
            all["match"] += (double)memory.Matched * video.Size.Cells * (KeyValueHead.KeyChannels + KeyValueHead.ValueChannels);
        }

        return all;
    }

    private sealed class Samples(int frames)
    {
        public Dictionary<string, double[]> Parts { get; } = new(StringComparer.Ordinal)
        {
            ["total"] = new double[frames],
            ["preprocess"] = new double[frames],
            ["encode"] = new double[frames],
            ["match"] = new double[frames],
            ["decode"] = new double[frames],
            ["postprocess"] = new double[frames],
            ["write"] = new double[frames],
        };

        public void Add(int number, TimeSpan total, TimeSpan prepared, PartTimes times)
        {
            Parts["total"][number] = total.TotalMilliseconds;
            Parts["preprocess"][number] = prepared.TotalMilliseconds;
            Parts["encode"][number] = times.Encode.TotalMilliseconds;
            Parts["match"][number] = times.Match.TotalMilliseconds;
            Parts["decode"][number] = times.Decode.TotalMilliseconds;
            Parts["postprocess"][number] = times.Fetch.TotalMilliseconds;
            Parts["write"][number] = times.Write.TotalMilliseconds;
        }
    }
}
