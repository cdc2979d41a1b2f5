using SwiftNet.Memory;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>What is kept of a video between two calls of <see cref="VideoSegmenter"/>. Owns its tensors.</summary>
internal sealed class Video : IDisposable
{
    private readonly List<byte> _ids = [];
    private readonly List<long> _firstFrames = [];
    private List<FirstFrame> _given = [];

    /// <summary>Makes the buffers of one video.</summary>
    /// <param name="size">The frames' network size.</param>
    /// <param name="width">Columns of the results.</param>
    /// <param name="height">Rows of the results.</param>
    /// <param name="options">The memory's knobs.</param>
    /// <param name="layout">Device and format.</param>
    public Video(PaddedSize size, int width, int height, MemoryOptions options, NetworkLayout layout)
    {
        Size = size;
        Width = width;
        Height = height;
        Input = new FrameInput(size, layout);
        ByteShifts = torch.tensor((int[])[0, 8, 16, 24]).to(layout.Device).DetachFromDisposeScope();
        Memory = new PixelAdaptiveMemory(options, size.Cells, layout);
        Probabilities = torch.zeros([0, size.Height, size.Width], torch.float32, layout.Device).DetachFromDisposeScope();
    }

    /// <summary>The frames' network size.</summary>
    public PaddedSize Size { get; }

    /// <summary>Columns of the results.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of the results.</summary>
    public int Height { get; private set; }

    /// <summary>The network's input and the last two frames.</summary>
    public FrameInput Input { get; }

    /// <summary>0, 8, 16, 24: <c>int32 [4]</c>.</summary>
    public torch.Tensor ByteShifts { get; }

    /// <summary>The objects' memory.</summary>
    public PixelAdaptiveMemory Memory { get; private set; }

    /// <summary>The frames that objects were given on, in the order of time.</summary>
    public IReadOnlyList<FirstFrame> Given => _given;

    /// <summary>Features of the frame of the last step.</summary>
    public FrameFeatures Features { get; private set; }

    /// <summary>Ids of the objects, in order.</summary>
    public IReadOnlyList<byte> Ids => _ids;

    /// <summary>Confidence of each object in the last step; reused by the next.</summary>
    public ObjectConfidence[] Confidences { get; private set; } = [];

    /// <summary>Frame of the last step; 0 is the first mask's.</summary>
    public long Frame { get; set; }

    /// <summary>Whether that frame is to be written.</summary>
    public WriteReason Due { get; set; }

    /// <summary>The objects' aggregated probabilities in the last frame, float32 <c>[N, h, w]</c> at network size without padding.</summary>
    public torch.Tensor Probabilities { get; private set; }

    /// <summary>The frame of the last step, as a memory write takes it; it stays the video's.</summary>
    public UnwrittenFrame Newest => new(Frame, Due, Features, Probabilities);

    /// <summary>An older frame that is due and still to be written, with its features; null where there is none.</summary>
    public UnwrittenFrame? Waiting { get; private set; }

    /// <summary>Puts the frame of the last step aside, to be written later: the next step keeps its own features.</summary>
    public void PutAside()
    {
        using var scope = torch.NewDisposeScope();
        Waiting = new UnwrittenFrame(Frame, Due, Features, Probabilities.alias().DetachFromDisposeScope());
        (Features, Due) = (default, WriteReason.None);
    }

    /// <summary>Forgets the frame that waited.</summary>
    public void DropWaiting()
    {
        Waiting?.Dispose();
        Waiting = null;
    }

    /// <summary>Keeps a frame's features until the next.</summary>
    public void Keep(FrameFeatures features)
    {
        Features.Dispose();
        Features = features.Detach();
    }

    /// <summary>Takes over the probabilities of a new frame and returns those of the frame before, which are now the caller's.</summary>
    public torch.Tensor Exchange(torch.Tensor probabilities)
    {
        var previous = Probabilities;
        Probabilities = probabilities.DetachFromDisposeScope();
        return previous;
    }

    /// <summary>What all objects' masks <c>[N, h, w]</c> have together, <c>[1, h, w]</c>; null where there is one object. Of the current dispose scope.</summary>
    public static torch.Tensor? All(torch.Tensor masks) => masks.shape[0] == 1 ? null : masks.sum(0, keepdim: true).clamp_(Numbers.Zero, Numbers.One);

    /// <summary>Masks <c>[N, h, w]</c> with zeros around them, <c>[N, 1, H, W]</c>.</summary>
    public torch.Tensor Pad(torch.Tensor masks) =>
        pad(masks.unsqueeze(1), [Size.Left, Size.PaddedWidth - Size.Width - Size.Left, Size.Top, Size.PaddedHeight - Size.Height - Size.Top]);

    /// <summary>The frame's part of padded maps <c>[N, H, W]</c>: a view <c>[N, h, w]</c>.</summary>
    public torch.Tensor Crop(torch.Tensor maps) => maps.narrow(1, Size.Top, Size.Height).narrow(2, Size.Left, Size.Width);

    /// <summary>One map an id, <c>[ids, h, w]</c> at network size; where the mask is larger, a pixel has the share of its area that the object covers.</summary>
    public torch.Tensor AtNetworkSize(IdMask mask, byte[] ids)
    {
        using var scope = torch.NewDisposeScope();
        var labels = torch.tensor(mask.Ids, [mask.Height, mask.Width]).to(Probabilities.device);
        var maps = new torch.Tensor[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            maps[i] = labels.eq(Numbers.Id(ids[i])).to(torch.float32);
        }

        var all = torch.stack(maps);
        return (mask.Width == Size.Width && mask.Height == Size.Height
            ? all
            : interpolate(all.unsqueeze(0), size: [Size.Height, Size.Width], mode: torch.InterpolationMode.Area).squeeze(0)).MoveToOuterDisposeScope();
    }

    /// <summary>Adds objects' maps to this frame's probabilities, in order of id; the others give way where they overlap.</summary>
    /// <param name="ids">The new ids.</param>
    /// <param name="maps">Their maps, <c>[ids, h, w]</c>.</param>
    /// <returns>The rows that the new objects have from now on.</returns>
    public int[] AddObjects(byte[] ids, torch.Tensor maps)
    {
        using var scope = torch.NewDisposeScope();
        var free = maps.sum(dim: 0).clamp_(Numbers.Zero, Numbers.One).neg_().add_(Numbers.One);
        var old = Probabilities.mul(free);
        var all = new List<(byte Id, torch.Tensor Map, long First)>();
        for (var i = 0; i < _ids.Count; i++)
        {
            all.Add((_ids[i], old[i], _firstFrames[i]));
        }

        for (var i = 0; i < ids.Length; i++)
        {
            all.Add((ids[i], maps[i], Frame));
        }

        all.Sort((a, b) => a.Id.CompareTo(b.Id));
        using (Exchange(torch.stack(all.ConvertAll(o => o.Map))))
        {
            _ids.Clear();
            _ids.AddRange(all.ConvertAll(o => o.Id));
            _firstFrames.Clear();
            _firstFrames.AddRange(all.ConvertAll(o => o.First));
        }

        Confidences = new ObjectConfidence[_ids.Count];
        return Array.ConvertAll(ids, id => _ids.IndexOf(id));
    }

    /// <summary>Whether <paramref name="frame"/> is the one that the object was given on, so that memory has it whole.</summary>
    public bool IsFirstFrameOf(byte id, long frame) => _firstFrames[_ids.IndexOf(id)] == frame;

    /// <summary>Keeps the frame that objects were given on.</summary>
    public void Keep(FirstFrame given) => _given.Add(given);

    /// <summary>The same memory with room for another number of frames.</summary>
    public void ChangeCapacity(MemoryOptions options)
    {
        var before = Memory;
        Memory = before.Resized(options);
        before.Dispose();
    }

    /// <summary>From now on results have another size.</summary>
    public void ChangeResults(int width, int height) => (Width, Height) = (width, height);

    /// <summary>This video at another network size: its objects and their masks, its memory still empty, and without its features and first frames.</summary>
    public Video At(PaddedSize size, int width, int height, MemoryOptions options, NetworkLayout layout)
    {
        using var scope = torch.NewDisposeScope();
        var other = new Video(size, width, height, options, layout) { Frame = Frame, Confidences = Confidences };
        other._ids.AddRange(_ids);
        other._firstFrames.AddRange(_firstFrames);
        other.Exchange(Refit.To(Probabilities, size)).Dispose();
        return other;
    }

    /// <summary>Takes over another video's first frames.</summary>
    public void TakeGiven(Video other) => (_given, other._given) = (other._given, _given);

    /// <summary>Refuses a frame or result of another size than the video's.</summary>
    public void Check(NetworkFrame frame, Span<byte> ids)
    {
        if (frame.Width != Size.Width || frame.Height != Size.Height)
        {
            throw new ArgumentException($"The frame is {frame.Width}x{frame.Height}; this video was started with {Size.Width}x{Size.Height}.", nameof(frame));
        }

        if (ids.Length != Width * Height)
        {
            throw new ArgumentException($"The result has room for {ids.Length} ids; this video's masks are {Width}x{Height}.", nameof(ids));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DropWaiting();
        foreach (var given in _given)
        {
            given.Dispose();
        }

        Features.Dispose();
        Probabilities.Dispose();
        Input.Dispose();
        ByteShifts.Dispose();
        Memory.Dispose();
    }
}
