using SwiftNet.Tracking;

namespace SwiftNet.Live.Options;

/// <summary>The network and what it runs on.</summary>
internal sealed record SegmentOptions
{
    /// <summary>A safetensors file; a relative path is looked for in the current folder, beside the executable, and in the folders above it.</summary>
    public string Weights { get; init; } = "models/swiftnet-r18.safetensors";

    /// <summary>auto, cpu or cuda:N; default auto, which is the first GPU where there is one.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>auto, float32 or bfloat16; default auto.</summary>
    public Precision Precision { get; init; }

    /// <summary>Threads that the network computes with; 0 to 1,024, default 0, which is all.</summary>
    public int Threads { get; init; }

    /// <summary>auto or off: whether the network sees windows of the frame that follow the objects, or always the whole frame. Default off.</summary>
    public WindowMode Window { get; init; } = WindowMode.Off;

    /// <summary>The bound that frames are scaled down to fit inside, their aspect kept, WxH of 16 to 8,192 pixels a side; or native. Default 576x320.</summary>
    public FrameSize Size { get; init; } = new(576, 320);

    /// <summary>The windows that the network sees.</summary>
    public WindowOptions Windows => new() { Enabled = Window == WindowMode.Auto, Width = Size.Width, Height = Size.Height };
}
