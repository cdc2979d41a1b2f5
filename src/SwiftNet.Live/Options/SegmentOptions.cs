using SwiftNet.Tracking;

namespace SwiftNet.Live.Options;

/// <summary>The network and its device.</summary>
internal sealed record SegmentOptions
{
    /// <summary>A safetensors file; a relative path is searched in the current folder, beside the executable, and in the parent
    /// folders.</summary>
    public string Weights { get; init; } = "models/swiftnet-r18.safetensors";

    /// <summary>auto, cpu or cuda:N; default auto: the first GPU if available.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>auto, float32, bfloat16 or int8; default auto: the fastest that was measured at start.</summary>
    public Precision Precision { get; init; }

    /// <summary>Threads of the network; 0 to 1,024, default 0 = all cores.</summary>
    public int Threads { get; init; }

    /// <summary>auto or off: whether the network processes windows of the frame that follow the objects, or always the whole frame. Default
    /// auto.</summary>
    public WindowMode Window { get; init; } = WindowMode.Auto;

    /// <summary>Frames are scaled down to fit into this size with their aspect ratio kept, WxH of 16 to 8,192 pixels per side; or native.
    /// Default 576x320.</summary>
    public FrameSize Size { get; init; } = new(576, 320);

    /// <summary>The window mode.</summary>
    public WindowOptions Windows => new() { Enabled = Window == WindowMode.Auto, Width = Size.Width, Height = Size.Height };
}
