using System.Runtime.CompilerServices;
using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Segment;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Live.Commands.Doctor;

/// <summary>What the service is made of: native libraries, weights, device, status page.</summary>
internal static class PartChecks
{
    /// <summary>The checks.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="running">The service, where it runs already.</param>
    public static IEnumerable<Check> For(Settings settings, RunningService? running) =>
    [
        new("ffmpeg", FfmpegCheck.Look),
        new("OpenCV", OpenCv),
        new("libtorch", LibTorch),
        new("CUDA", Cuda),
        new("weights", () => Weights(settings.Segment)),
        new("device", () => Device(settings.Segment)),
        new("status page", () => PortCheck.Look(settings.Web, running)),
    ];

    // Not inlined: a native library that does not load shall fail inside its own check.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Finding OpenCv() => Finding.Fine(Cv2.GetVersionString() ?? "loads");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Finding LibTorch()
    {
        using var sum = torch.ones(2, 2).sum();
        return sum.item<float>() == 4
            ? Finding.Fine($"{torch.__version__} computes, {torch.get_num_threads()} threads")
            : Finding.Missing("libtorch loads and computes wrongly");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Finding Cuda()
    {
        if (torch.cuda.is_available())
        {
            return Finding.Fine($"{torch.cuda.device_count()} device(s)");
        }

        return Finding.Note(File.Exists("/dev/nvidia0")
            ? "there is an NVIDIA device that this build does not use; build with -p:TorchBackend=cuda"
            : "no CUDA device; the network runs on the processor");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Finding Device(SegmentOptions segment)
    {
        try
        {
            using var model = SwiftNetModel.Load(WeightsFile.Find(segment.Weights), segment.Device, segment.Precision, segment.Threads);
            return Finding.Fine(
                $"{model.Device} with {FormatText.Of(model.Choice)}; Segment:Device {segment.Device}, "
                    + $"Segment:Precision {segment.Precision.ToString().ToLowerInvariant()}");
        }
        catch (Exception e) when (e is WeightsException or UserErrorException)
        {
            return Finding.Note("not tried, for want of weights");
        }
    }

    private static Finding Weights(SegmentOptions segment)
    {
        var path = WeightsFile.Find(segment.Weights);
        var file = SafetensorsFile.Open(path);
        return Finding.Fine($"{path}, {Architecture.Check(path, file.Tensors, file.Metadata).Name}");
    }
}
