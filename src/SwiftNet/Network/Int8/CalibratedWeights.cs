using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>Finds activation ranges for a weights file and writes them into its metadata.</summary>
internal static class CalibratedWeights
{
    /// <summary>Runs a network of these weights in float32 and records the ranges of its activations.</summary>
    /// <param name="path">The weights.</param>
    /// <param name="follow">Shows the network what the ranges are to be found on.</param>
    /// <exception cref="WeightsException">The file holds no weights of this network.</exception>
    public static RangeRecorder Record(string path, Action<Calibration> follow)
    {
        NativeSettings.Quieten();
        var recorder = new RangeRecorder();
        using var model = SwiftNetModel.Load(path, new NetworkLayout(torch.CPU, torch.ScalarType.Float32) { Recorder = recorder });
        follow(new Calibration(model));
        return recorder;
    }

    /// <summary>Copies weights to <paramref name="output"/>, which may be the same file, with these ranges.</summary>
    /// <exception cref="WeightsException">The input cannot be read or the output cannot be written.</exception>
    public static void Write(string path, string output, ActivationRanges ranges)
    {
        var file = SafetensorsFile.Open(path);
        var metadata =
            new Dictionary<string, string>(file.Metadata, StringComparer.Ordinal) { [ActivationRanges.MetadataKey] = ranges.Text() };
        SafetensorsFile.Write(output, file.Tensors, metadata);
    }

    /// <summary>Gives a weights file ranges found on the frames that come with this library.</summary>
    /// <exception cref="WeightsException">The file is unusable or cannot be written.</exception>
    public static void AddFromSamples(string path) => Write(path, path, Record(path, calibration => calibration.FollowSamples()).Ranges);
}
