using SwiftNet.Network;
using SwiftNet.Training.Clips;
using TorchSharp;

namespace SwiftNet.Training.Network;

/// <summary>Differentiable forward pass of the network over a batch of clips, following the segmenter's procedure for a video.</summary>
/// <remarks>The encoder also runs frame by frame: glibc would map and clear a tensor above its largest mmap threshold, 32 MiB, anew on
/// every allocation.</remarks>
/// <param name="network">The network with this step's weights.</param>
/// <param name="dropout">Dropout probability of the memory features, 0 to 1.</param>
internal sealed class ClipNetwork(SwiftNetModel network, double dropout)
{
    /// <summary>Encoder features of the clips' first frames, in the current dispose scope.</summary>
    public FrameFeatures First(ClipTensors clips) => network.Encoder.Forward(clips.Picture(0));

    /// <summary>Keys and values of the first frames with their ground-truth masks, in the current dispose scope.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="first">See <see cref="First"/>.</param>
    public KeysValues Remember(ClipTensors clips, FrameFeatures first)
    {
        using var scope = torch.NewDisposeScope();
        var (keys, values) = Memorise(first, clips.Masks(0));
        return new KeysValues(keys.MoveToOuterDisposeScope(), values.MoveToOuterDisposeScope());
    }

    /// <summary>Segments frames 1 to T − 1 of all clips.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="remembered">The first frames' keys and values, see <see cref="Remember"/>.</param>
    /// <param name="use">How memory is used.</param>
    /// <param name="noise">Augmentation of masks written to memory.</param>
    /// <returns>For each frame the log-odds of background and objects, <c>[B, N + 1, H, W]</c>.</returns>
    public List<torch.Tensor> Forward(ClipTensors clips, KeysValues remembered, MemoryUse use, MaskNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var memory = new TrainingMemory(use.Beta, use.PreviousFrame);
        memory.SetFirst(remembered);
        var found = new List<torch.Tensor>();
        for (var frame = 1; frame < clips.Frames; frame++)
        {
            var features = network.Encoder.Forward(clips.Picture(frame));
            var odds = Segment(features, memory, clips.Objects);
            found.Add(odds.MoveToOuterDisposeScope());
            if (frame < clips.Frames - 1 && (use.PreviousFrame || use.Due[frame]))
            {
                var masks = noise.Apply(clips.WithCorruption(odds.softmax(1).narrow(1, 1, clips.Objects), frame), frame);
                memory.Add(Memorise(features, masks), use.Due[frame]);
            }
        }

        return found;
    }

    /// <summary>Segments each of the first frame's objects in that frame itself from a simulated prompt, as <see cref="HintedPicture"/>
    /// does.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="first">See <see cref="First"/>.</param>
    /// <param name="prompts">The simulated prompts.</param>
    /// <returns>Log-odds of background and objects, <c>[B, N + 1, H, W]</c>.</returns>
    public torch.Tensor SegmentFromPrompts(ClipTensors clips, FrameFeatures first, PromptSimulation prompts)
    {
        using var scope = torch.NewDisposeScope();
        var memory = new TrainingMemory(beta: 1, previousFrame: false);
        memory.SetFirst(network.Memorise(first, prompts.Masks.flatten(0, 1).unsqueeze(1), null), prompts.AffinityBias);
        return Segment(first, memory, clips.Objects).MoveToOuterDisposeScope();
    }

    /// <summary>Segments the first frame with its own masks in memory: measures how well the network reconstructs a mask.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="first">See <see cref="First"/>.</param>
    /// <param name="remembered">The first frames' keys and values, see <see cref="Remember"/>.</param>
    /// <returns>Log-odds of background and objects, <c>[B, N + 1, H, W]</c>.</returns>
    public torch.Tensor Copy(ClipTensors clips, FrameFeatures first, KeysValues remembered)
    {
        using var scope = torch.NewDisposeScope();
        var memory = new TrainingMemory(beta: 1, previousFrame: false);
        memory.SetFirst(remembered);
        return Segment(first, memory, clips.Objects).MoveToOuterDisposeScope();
    }

    private torch.Tensor Segment(FrameFeatures features, TrainingMemory memory, int objects)
    {
        using var scope = torch.NewDisposeScope();
        var read = memory.Read(network.QueryHead.Forward(features.R4), objects);
        var joined = network.Aspp.Forward(AsMap(read, features.R4));
        joined = dropout > 0 ? torch.nn.functional.dropout(joined, dropout) : joined;
        var (stride8, stride4) = network.Decoder.Frame(features);
        var logits = Labels.UpSample(network.Decoder.Forward(joined, Repeat(stride8, objects), Repeat(stride4, objects)));
        return LabelOdds.Of(logits.view(-1, objects, logits.shape[1], logits.shape[2])).MoveToOuterDisposeScope();
    }

    private KeysValues Memorise(FrameFeatures features, torch.Tensor masks)
    {
        var all = masks.shape[1] == 1 ? null : masks.sum(1, keepdim: true).clamp(Numbers.Zero, Numbers.One);
        return network.Memorise(features, masks.flatten(0, 1).unsqueeze(1), all);
    }

    /// <summary>Reshapes pixels <c>[M, h·w, c]</c> to a channels-last map shaped like <paramref name="like"/>.</summary>
    private static torch.Tensor AsMap(torch.Tensor pixels, torch.Tensor like) =>
        pixels.view(pixels.shape[0], like.shape[2], like.shape[3], -1).permute(0, 3, 1, 2);

    private static torch.Tensor Repeat(torch.Tensor map, int objects) =>
        objects == 1 ? map : map.permute(0, 2, 3, 1).unsqueeze(1).expand(-1, objects, -1, -1, -1).flatten(0, 1).permute(0, 3, 1, 2);
}
