using TorchSharp;

namespace SwiftNet.Tests;

/// <summary>A segmenter on a made clip. Its maps are too small to be shared out: on a busy machine threads would only wait for each
/// other.</summary>
internal sealed class Run : IDisposable
{
    public Run(SwiftNetModel model, Clip clip, MemoryOptions? options = null)
    {
        torch.set_num_threads(1);
        Segmenter = new VideoSegmenter(model, options ?? new MemoryOptions());
        Clip = clip;
        Ids = new byte[clip.Width * clip.Height];
    }

    public Run(ShippedModel shipped, Clip clip, MemoryOptions? options = null)
        : this(shipped.Model, clip, options)
    {
    }

    public Clip Clip { get; }

    public VideoSegmenter Segmenter { get; }

    /// <summary>The mask found last.</summary>
    public byte[] Ids { get; }

    /// <summary>The probabilities found last, object by object.</summary>
    public float[] Probabilities => Segmenter.State!.Probabilities.data<float>().ToArray();

    /// <summary>Starts on frame 0 with its mask, or another.</summary>
    public void Start(IdMask? mask = null) =>
        Segmenter.Start(new NetworkFrame(Clip.Planes(0), Clip.Width, Clip.Height), mask ?? Clip.Mask(0));

    /// <summary>Segments frame <paramref name="t"/>.</summary>
    public StepResult Step(int t, float light = 1, float noise = 0, bool turned = false) =>
        Segmenter.Step(new NetworkFrame(Clip.Planes(t, light, noise, turned), Clip.Width, Clip.Height), Ids);

    public void Dispose()
    {
        Segmenter.Dispose();
        torch.set_num_threads(Environment.ProcessorCount);
    }
}
