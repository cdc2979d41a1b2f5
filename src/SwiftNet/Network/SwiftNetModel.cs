using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet;

/// <summary>The network with its weights on one device. It holds no video's state, so several segmenters may share it, one thread at a time.</summary>
public sealed class SwiftNetModel : IDisposable
{
    private readonly LayerBuilder _layers;

    private SwiftNetModel(LayerBuilder build, Architecture architecture, string fingerprint)
    {
        Fingerprint = fingerprint;
        _layers = build;
        Architecture = architecture;
        Encoder = new ResNetEncoder(build, architecture.Backbone == Backbone.ResNet50, architecture.StrideIn3x3);
        QueryHead = new KeyValueHead(build, "KV_Q_r4");
        Decoder = new Decoder(build);
        LightAggregation = new LightAggregationEncoder(build);
        MemoryHead = new KeyValueHead(build, "KV_M_r4");
        Aspp = new Aspp(build);
    }

    /// <summary>Which backbone the weights are for.</summary>
    public Architecture Architecture { get; }

    /// <summary>Tells these weights from others: the SHA-256 of their names and numbers as they are in the file.</summary>
    public string Fingerprint { get; }

    /// <summary>The convolutions' number format, <c>float32</c>, <c>bfloat16</c> or <c>float16</c>.</summary>
    public string Format => Layout.Type.ToString().ToLowerInvariant();

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
    /// <exception cref="WeightsException">The file is no safetensors file, truncated, or of another architecture; the message lists every difference.</exception>
    /// <exception cref="DeviceException">The device is not there.</exception>
    public static SwiftNetModel Load(string path, string device = "auto", Precision precision = Precision.Auto, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        NativeSettings.Quieten();
        torch.set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
        var place = Devices.Find(device);
        return Load(path, new NetworkLayout(place, Devices.Format(place, precision)));
    }

    /// <summary>Sets how the calling thread computes with the smallest numbers: to be called once on each further thread that uses a segmenter of this network.</summary>
    public void PrepareThread() => NativeSettings.FlushDenormals();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in _layers.Built)
        {
            layer.Dispose();
        }
    }

    /// <summary>Keys and values of a frame for memory, from its features.</summary>
    /// <param name="features">The frame's.</param>
    /// <param name="masks">The objects' padded masks <c>[N, 1, H, W]</c>.</param>
    /// <param name="all">What all objects' masks have together, padded, <c>[1, 1, H, W]</c>; null where there is one object.</param>
    internal KeysValues Memorise(FrameFeatures features, torch.Tensor masks, torch.Tensor? all) => MemoryHead.Forward(LightAggregation.Forward(features, masks, all));

    internal static SwiftNetModel Load(string path, NetworkLayout layout)
    {
        NativeSettings.FlushDenormals();
        var file = SafetensorsFile.Open(path);
        var architecture = Architecture.Check(path, file.Tensors, file.Metadata);
        using var mode = torch.no_grad();
        return Build(name => file.Tensors[name].ToTensor(torch.ScalarType.Float32), file.Tensors.ContainsKey, layout, architecture, file.Fingerprint());
    }

    /// <summary>Makes the network of named tensors. With a differentiable layout, gradients pass from it to them.</summary>
    /// <param name="read">The float32 tensor of a name of the weights file, which the network takes over.</param>
    /// <param name="has">Whether there is one of that name.</param>
    /// <param name="layout">Device and format.</param>
    /// <param name="architecture">What the tensors are the weights of.</param>
    /// <param name="fingerprint">What tells these weights from others; empty where they change.</param>
    internal static SwiftNetModel Build(Func<string, torch.Tensor> read, Func<string, bool> has, NetworkLayout layout, Architecture architecture, string fingerprint = "")
    {
        using var scope = torch.NewDisposeScope();
        return new SwiftNetModel(new LayerBuilder(read, has, layout), architecture, fingerprint);
    }
}
