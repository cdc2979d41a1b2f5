using SwiftNet.Network;
using SwiftNet.Network.Int8;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet;

/// <summary>The network with its weights on one device. It holds no video's state, so several segmenters may share it, one thread at a
/// time.</summary>
public sealed class SwiftNetModel : IDisposable
{
    private readonly LayerBuilder _layers;

    private SwiftNetModel(LayerBuilder build, Architecture architecture, string fingerprint, FormatChoice? choice)
    {
        Choice = choice ?? new FormatChoice(build.Layout.Format, "set by the program", []);
        Fingerprint = fingerprint;
        _layers = build;
        Architecture = architecture;
        Encoder = new ResNetEncoder(build, architecture.Backbone == Backbone.ResNet50, architecture.StrideIn3x3);
        QueryHead = new KeyValueHead(build, "KV_Q_r4", Encoder.R4Name);
        Decoder = new Decoder(build, Encoder.R2Name, Encoder.R3Name);
        LightAggregation = new LightAggregationEncoder(build, Encoder.R2Name, Encoder.R3Name, Encoder.R4Name);
        MemoryHead = new KeyValueHead(build, "KV_M_r4", LightAggregationEncoder.OutputName);
        Aspp = new Aspp(build);
    }

    /// <summary>Which backbone the weights are for.</summary>
    public Architecture Architecture { get; }

    /// <summary>Identifies these weights: the SHA-256 of their names and numbers as they are in the file.</summary>
    public string Fingerprint { get; }

    /// <summary>The convolutions' number format, <c>float32</c>, <c>bfloat16</c>, <c>float16</c> or <c>int8</c>.</summary>
    public string Format => Layout.Format;

    /// <summary>Why the network runs in this format, and what was measured for the choice.</summary>
    public FormatChoice Choice { get; }

    /// <summary>Whether the weights had no activation ranges for an 8-bit network, so that they were found at load on the frames that come
    /// with this library.</summary>
    public bool CalibratedAtLoad { get; private init; }

    /// <summary>Where the network is, <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device => Layout.Device.type == DeviceType.CUDA ? $"cuda:{Layout.Device.index}" : "cpu";

    internal ResNetEncoder Encoder { get; }

    internal KeyValueHead QueryHead { get; }

    internal Decoder Decoder { get; }

    internal LightAggregationEncoder LightAggregation { get; }

    internal KeyValueHead MemoryHead { get; }

    internal Aspp Aspp { get; }

    internal NetworkLayout Layout => _layers.Layout;

    internal IReadOnlyList<Convolution> Layers => _layers.Built;

    /// <summary>Reads the weights and prepares them for the device: BatchNorm folded, channels-last, in the wanted precision.</summary>
    /// <remarks>To be called on the thread that will use the segmenters; others call <see cref="PrepareThread"/>.</remarks>
    /// <param name="path">A safetensors file with the names of the published checkpoint.</param>
    /// <param name="device"><c>auto</c> (CUDA where there is a device), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="precision">The convolutions' number format.</param>
    /// <param name="threads">CPU threads of the whole process's tensor work; 0 = one a core.</param>
    /// <exception cref="WeightsException">The file is no safetensors file, truncated, or of another architecture; the message lists every
    /// difference.</exception>
    /// <exception cref="DeviceException">The device is not there.</exception>
    public static SwiftNetModel Load(string path, string device = "auto", Precision precision = Precision.Auto, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        NativeSettings.Quieten();
        torch.set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
        var place = Devices.Find(device);
        var choice = FormatSelector.Choose(place, precision);
        var layout = new NetworkLayout(place, FormatSelector.Type(choice.Format));
        if (choice.Format != "int8")
        {
            return Load(path, layout, choice);
        }

        NativeSettings.FlushDenormals();
        var file = SafetensorsFile.Open(path);
        var ranges = RangesOf(path, file);
        var int8 = new Int8Format(Int8Kernels.Shared!, ranges ?? Calibrate(path, file, layout), Int8Support.LargestWeight);
        return Load(
            path, file, layout with { Int8 = int8, OwnValueType = FormatSelector.ValueType(choice) }, choice, calibrated: ranges is null);
    }

    /// <summary>Sets how the calling thread computes with the smallest numbers: to be called once on each further thread that uses a
    /// segmenter of this network.</summary>
    public void PrepareThread() => NativeSettings.FlushDenormals();

    /// <inheritdoc/>
    public void Dispose()
    {
        _layers.Dispose();
    }

    /// <summary>Keys and values of a frame for memory, from its features.</summary>
    /// <param name="features">The frame's.</param>
    /// <param name="masks">The objects' padded masks <c>[N, 1, H, W]</c>.</param>
    /// <param name="all">What all objects' masks have together, padded, <c>[1, 1, H, W]</c>; null where there is one object.</param>
    internal KeysValues Memorise(FrameFeatures features, torch.Tensor masks, torch.Tensor? all)
    {
        // A calibration has to meet the layers of several objects too; with one object they give the same.
        all ??= Layout.Recorder is null ? null : masks;
        return MemoryHead.Forward(LightAggregation.Forward(features, masks, all));
    }

    internal static SwiftNetModel Load(string path, NetworkLayout layout, FormatChoice? choice = null)
    {
        NativeSettings.FlushDenormals();
        return Load(path, SafetensorsFile.Open(path), layout, choice, calibrated: false);
    }

    private static SwiftNetModel Load(string path, SafetensorsFile file, NetworkLayout layout, FormatChoice? choice, bool calibrated)
    {
        var architecture = Architecture.Check(path, file.Tensors, file.Metadata);
        using var mode = torch.no_grad();
        try
        {
            return Build(
                name => file.Tensors[name].ToTensor(torch.ScalarType.Float32), file.Tensors.ContainsKey, layout, architecture,
                file.Fingerprint(), choice, calibrated);
        }
        catch (InvalidDataException error)
        {
            throw new WeightsException($"Weights '{path}' cannot be used: {error.Message}.", error);
        }
    }

    private static ActivationRanges? RangesOf(string path, SafetensorsFile file)
    {
        try
        {
            return ActivationRanges.Read(file.Metadata);
        }
        catch (InvalidDataException error)
        {
            throw new WeightsException($"Weights '{path}' cannot be used: {error.Message}.", error);
        }
    }

    private static ActivationRanges Calibrate(string path, SafetensorsFile file, NetworkLayout layout)
    {
        var recorder = new RangeRecorder();
        using var model = Load(path, file, layout with { Recorder = recorder }, null, calibrated: false);
        new Calibration(model).FollowSamples();
        return recorder.Ranges;
    }

    /// <summary>Makes the network of named tensors. With a differentiable layout, gradients pass from it to them.</summary>
    /// <param name="read">The float32 tensor of a name of the weights file, which the network takes over.</param>
    /// <param name="has">Whether there is one of that name.</param>
    /// <param name="layout">Device and format.</param>
    /// <param name="architecture">What the tensors are the weights of.</param>
    /// <param name="fingerprint">Identifies these weights; empty where they change.</param>
    /// <param name="choice">Why the layout has its format; null where the program says so.</param>
    /// <param name="calibrated">See <see cref="CalibratedAtLoad"/>.</param>
    internal static SwiftNetModel Build(
        Func<string, torch.Tensor> read,
        Func<string, bool> has,
        NetworkLayout layout,
        Architecture architecture,
        string fingerprint = "",
        FormatChoice? choice = null,
        bool calibrated = false)
    {
        using var scope = torch.NewDisposeScope();
        var build = new LayerBuilder(read, has, layout);
        try
        {
            return new SwiftNetModel(build, architecture, fingerprint, choice) { CalibratedAtLoad = calibrated };
        }
        catch
        {
            build.Dispose();
            throw;
        }
    }
}
