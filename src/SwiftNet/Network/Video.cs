using SwiftNet.Memory;
using SwiftNet.Sights;
using SwiftNet.Tracking;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>What is kept of a video between two calls of <see cref="VideoSegmenter"/>. Owns its tensors.</summary>
internal sealed partial class Video : IDisposable
{
    private SoftMasks _masks;
    private torch.Tensor? _certain;

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
        Looks = torch.zeros([0, Sights.Looks.Channels], torch.float32, layout.Device).DetachFromDisposeScope();
        Columns = Counted(size.Width, layout);
        Rows = Counted(size.Height, layout);
        Window = FrameWindow.Whole(size.Width, size.Height, size.Width, size.Height);
        Memory = new PixelAdaptiveMemory(options, size.Cells, layout);
        _masks = new SoftMasks([], torch.zeros([0, size.Height, size.Width], torch.float32, layout.Device).DetachFromDisposeScope());
    }

    /// <summary>The frames' network size.</summary>
    public PaddedSize Size { get; }

    /// <summary>The part of the camera's frame that the network's picture shows; the whole of it, in network pixels, where there are no
    /// windows.</summary>
    public FrameWindow Window { get; set; }

    /// <summary>Whether the window follows the objects, so that <see cref="Boxes"/> are measured.</summary>
    public bool HasWindow => Boxes is not null;

    /// <summary>The boxes of all objects with a mask on the last frame, believed or not, in camera pixels; null where there are no
    /// windows.</summary>
    public BoundingBox[]? Boxes { get; set; }

    /// <summary>Columns of the results.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of the results.</summary>
    public int Height { get; private set; }

    /// <summary>The network's input and the last two frames.</summary>
    public FrameInput Input { get; }

    /// <summary>0, 8, 16, 24: <c>int32 [4]</c>.</summary>
    public torch.Tensor ByteShifts { get; }

    /// <summary>0, 1, 2 … over the network picture's columns, float32.</summary>
    public torch.Tensor Columns { get; }

    /// <summary>The same over its rows.</summary>
    public torch.Tensor Rows { get; }

    /// <summary>The objects' memory.</summary>
    public PixelAdaptiveMemory Memory { get; private set; }

    /// <summary>The frames that objects were given or put right on.</summary>
    public GivenFrames Given { get; private set; } = new();

    /// <summary>The objects.</summary>
    public FollowedObjects Objects { get; private set; } = new();

    /// <summary>Features of the frame of the last step; <c>default</c> where they have not been needed yet.</summary>
    public FrameFeatures Features { get; private set; }

    /// <summary>Ids of the objects that have a mask on the last frame, in order.</summary>
    public byte[] Ids => _masks.Ids;

    /// <summary>Their aggregated probabilities, float32 <c>[N, h, w]</c> at network size without padding.</summary>
    public torch.Tensor Probabilities => _masks.Maps;

    /// <summary>What they look like on it, float32 <c>[N, 256]</c>, after a step.</summary>
    public torch.Tensor Looks { get; private set; }

    /// <summary>What the last step has seen of each of them; reused by the next.</summary>
    public Sighting[] Sightings { get; private set; } = [];

    /// <summary>What the last step says of each of them; reused by the next.</summary>
    public ObjectConfidence[] Confidences { get; private set; } = [];

    /// <summary>Frame of the last step; 0 is the first mask's.</summary>
    public long Frame { get; set; }

    /// <summary>Whether that frame is to be written.</summary>
    public WriteReason Due { get; set; }

    /// <summary>Whether that frame is still to be offered to memory.</summary>
    public bool Unwritten { get; set; }

    /// <summary>The frame of the last step, as a memory write takes it; it stays the video's.</summary>
    public UnwrittenFrame Newest => new(Frame, Due, Features, _masks, _certain);

    /// <summary>An older frame that is due and still to be written, with its features; null where there is none.</summary>
    public UnwrittenFrame? Waiting { get; private set; }

    /// <summary>Puts the frame of the last step aside, to be written later: the next step keeps its own features.</summary>
    public void PutAside()
    {
        using var scope = torch.NewDisposeScope();
        Waiting = Newest with { Masks = new SoftMasks(Ids, Probabilities.alias().DetachFromDisposeScope()) };
        (Features, Due, Unwritten, _certain) = (default, WriteReason.None, false, null);
    }

    /// <summary>Forgets the frame that waited.</summary>
    public void DropWaiting()
    {
        Waiting?.Dispose();
        Waiting = null;
    }

    /// <summary>Keeps a frame's features until the next; <c>default</c> drops what there is.</summary>
    public void Keep(FrameFeatures features)
    {
        Features.Dispose();
        Features = features.C1 is null ? default : features.Detach();
    }

    /// <summary>Takes over where memory may learn of the active objects on the frame of this step; null for everywhere.</summary>
    public void Trust(torch.Tensor? certain)
    {
        _certain?.Dispose();
        _certain = certain?.DetachFromDisposeScope();
    }

    /// <summary>Takes over the masks that a step has found for the active objects, and returns what the same objects had on the frame
    /// before, which is now the caller's.</summary>
    public torch.Tensor Exchange(torch.Tensor probabilities)
    {
        var (before, found) = (_masks, new SoftMasks(Objects.Active, probabilities.DetachFromDisposeScope()));
        _masks = found;
        if (ReferenceEquals(before.Ids, found.Ids))
        {
            return before.Maps;
        }

        (Confidences, Sightings) = (new ObjectConfidence[found.Ids.Length], new Sighting[found.Ids.Length]);
        Boxes = Boxes is null ? null : new BoundingBox[found.Ids.Length];
        using (before.Maps)
        {
            return before.For(found);
        }
    }

    /// <summary>From now on there are these masks of the last frame; those before are freed.</summary>
    public void Show(SoftMasks masks)
    {
        Trust(null);
        var before = _masks;
        _masks = masks with { Maps = masks.Maps.DetachFromDisposeScope() };
        before.Maps.Dispose();
        (Confidences, Sightings) = (new ObjectConfidence[masks.Ids.Length], new Sighting[masks.Ids.Length]);
        Boxes = Boxes is null ? null : new BoundingBox[masks.Ids.Length];
    }

    /// <summary>Takes over what the objects look like on the last frame.</summary>
    public void Look(torch.Tensor looks)
    {
        Looks.Dispose();
        Looks = looks.DetachFromDisposeScope();
    }

    /// <summary>Masks <c>[N, h, w]</c> with zeros around them, <c>[N, 1, H, W]</c>.</summary>
    public torch.Tensor Pad(torch.Tensor masks) =>
        pad(
            masks.unsqueeze(1),
            [Size.Left, Size.PaddedWidth - Size.Width - Size.Left, Size.Top, Size.PaddedHeight - Size.Height - Size.Top]);

    /// <summary>The frame's part of padded maps <c>[N, H, W]</c>: a view <c>[N, h, w]</c>.</summary>
    public torch.Tensor Crop(torch.Tensor maps) => maps.narrow(1, Size.Top, Size.Height).narrow(2, Size.Left, Size.Width);

    /// <summary>One map an id, <c>[ids, h, w]</c> at network size; where the mask is larger, a pixel has the share of its area that the
    /// object covers.</summary>
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
            : interpolate(
                all.unsqueeze(0),
                size: [Size.Height, Size.Width],
                mode: torch.InterpolationMode.Area).squeeze(0)).MoveToOuterDisposeScope();
    }

    /// <summary>Adds objects with their maps to this frame's masks, in order of id; the others give way where they overlap.</summary>
    /// <param name="ids">The new ids.</param>
    /// <param name="maps">Their maps, <c>[ids, h, w]</c>.</param>
    /// <returns>The rows that the new objects have from now on.</returns>
    public int[] AddObjects(byte[] ids, torch.Tensor maps)
    {
        using var scope = torch.NewDisposeScope();
        var free = maps.sum(dim: 0).clamp_(Numbers.Zero, Numbers.One).neg_().add_(Numbers.One, Numbers.One);
        var old = Probabilities.mul(free);
        var all = new List<(byte Id, torch.Tensor Map)>();
        for (var i = 0; i < Ids.Length; i++)
        {
            all.Add((Ids[i], old[i]));
        }

        for (var i = 0; i < ids.Length; i++)
        {
            all.Add((ids[i], maps[i]));
            Objects.Add(new FollowedObject(ids[i], Frame));
        }

        all.Sort((a, b) => a.Id.CompareTo(b.Id));
        Show(new SoftMasks([.. all.ConvertAll(o => o.Id)], torch.stack(all.ConvertAll(o => o.Map))));
        return Array.ConvertAll(ids, id => Array.IndexOf(Ids, id));
    }

    /// <summary>Follows a copy of another video's object, with what it has of it; that video is of the same size. It has no mask yet, and
    /// is not paused.</summary>
    public void AddCopy(Video other, byte id)
    {
        Memory.AddCopy(other.Memory.Of(id));
        Given.AddCopies(other.Given, id);
        Objects.Add(new FollowedObject(id, Frame) { Sight = new ObjectSight(other.Objects.Find(id)!.Sight.History) });
    }

    /// <summary>Takes over another video's newest frame and its number; both are of the same size.</summary>
    public void TakeTime(Video other)
    {
        Input.Next(other.Input.Current);
        Frame = other.Frame;
    }

    /// <summary>Follows an object no longer, and forgets all of it.</summary>
    public void Remove(byte id)
    {
        DropMask(id);
        Objects.Remove(id);
        Memory.Remove(id);
        Given.Remove(id);
    }

    /// <summary>Leaves an object alone from the next step on, or no longer.</summary>
    public void Pause(FollowedObject paused, bool isPaused)
    {
        DropMask(paused.Id);
        Objects.Pause(paused, isPaused);
    }

    /// <summary>The last frame's mask of an object is taken for nothing any more, nor is what waits to be written for it.</summary>
    public void DropMask(byte id)
    {
        Objects.Find(id)!.Since = Frame;
        if (Ids.Contains(id))
        {
            using var scope = torch.NewDisposeScope();
            Show(_masks.Only(Array.FindAll(Ids, other => other != id)));
        }
    }

    /// <summary>The same memory with room for another number of frames.</summary>
    public void ChangeCapacity(MemoryOptions options)
    {
        var before = Memory;
        Memory = before.Resized(options);
        before.Dispose();
    }

    /// <summary>From now on results have another size.</summary>
    public void ChangeResults(int width, int height) => (Width, Height) = (width, height);

    /// <summary>This video at another network size: its objects and their masks, its memory still empty, and without its features and the
    /// frames that objects were given on.</summary>
    public Video At(PaddedSize size, int width, int height, MemoryOptions options, NetworkLayout layout)
    {
        using var scope = torch.NewDisposeScope();
        var other = new Video(size, width, height, options, layout) { Frame = Frame, Objects = Objects };
        if (Ids.Length > 0)
        {
            other.Show(new SoftMasks(Ids, Refit.To(Probabilities, size)));
        }

        return other;
    }

    /// <summary>Takes over another video's objects and the number of its frame.</summary>
    public void TakeObjects(Video other) => (Frame, Objects) = (other.Frame, other.Objects);

    /// <summary>Takes over another video's given frames.</summary>
    public void TakeGiven(Video other) => (Given, other.Given) = (other.Given, Given);

    /// <inheritdoc/>
    public void Dispose()
    {
        DropWaiting();
        Given.Dispose();
        Features.Dispose();
        Probabilities.Dispose();
        Input.Dispose();
        ByteShifts.Dispose();
        Columns.Dispose();
        Looks.Dispose();
        _certain?.Dispose();
        Rows.Dispose();
        Memory.Dispose();
    }

    private static torch.Tensor Counted(int count, NetworkLayout layout)
    {
        using Scalar end = count;
        return torch.arange(Numbers.Zero, end, Numbers.One, torch.float32, layout.Device).DetachFromDisposeScope();
    }
}
