using System.Text.Json;
using SwiftNet.Memory;
using SwiftNet.Network;
using SwiftNet.Sights;
using SwiftNet.Tracking;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Snapshots;

/// <summary>Makes a video of a snapshot. Whatever the file claims is checked before anything is made of it.</summary>
internal sealed class SnapshotReader
{
    // Sides of a picture; what is made of them is bounded by the picture itself, which has to be in the file.
    private const int LongestSide = 1 << 14;

    // MemoryOptions.CapacityFrames goes up to 100.
    private const int MostFrames = 100;

    private readonly SafetensorsFile _file;
    private readonly NetworkLayout _layout;

    /// <summary>Reads and checks the numbers.</summary>
    /// <exception cref="SnapshotException">They are not those of a video.</exception>
    public SnapshotReader(SafetensorsFile file, NetworkLayout layout)
    {
        (_file, _layout) = (file, layout);
        try
        {
            State = JsonSerializer.Deserialize<SnapshotState>(file.Metadata.GetValueOrDefault(SnapshotNames.State, "")) ?? throw Unfit(
                "it has no state");
        }
        catch (JsonException error)
        {
            throw new SnapshotException(
                $"The snapshot cannot be used: its state is not what is expected ({Printable.Of(error.Message)}).",
                error);
        }

        Check();
    }

    /// <summary>The numbers.</summary>
    public SnapshotState State { get; }

    private PaddedSize Size => new(State.NetworkWidth, State.NetworkHeight);

    /// <summary>The video, with the frames that objects were given on; its memory is empty. The caller disposes it.</summary>
    public Video Video(MemoryOptions options)
    {
        var video = new Video(Size, State.Width, State.Height, options, _layout) { Frame = State.Frame };
        try
        {
            video.Input.Next(Read(SnapshotNames.Picture, ElementType.Float32, 3, Size.Height, Size.Width));
            foreach (var one in State.Objects)
            {
                video.Objects.Add(new FollowedObject((byte)one.Id, one.Since) { Paused = one.Paused, Sight = new ObjectSight(one.Sight) });
            }

            for (var i = 0; i < State.Given.Length; i++)
            {
                video.Given.Add(Given(SnapshotNames.Given(i), State.Given[i]));
            }

            if (State.Masks.Length > 0)
            {
                video.Show(
                    new SoftMasks(
                        Ids(State.Masks), Read(SnapshotNames.Masks, ElementType.Float32, State.Masks.Length, Size.Height, Size.Width)));
            }

            return video;
        }
        catch
        {
            video.Dispose();
            throw;
        }
    }

    /// <summary>Fills the memory of the video with what it held.</summary>
    public void Remember(Video video)
    {
        // Where these options have another room for updates, it is made as large as what the file holds, and no larger.
        var same = (video.Memory.UpdatePixels, video.Memory.Slots) == (State.UpdatePixels, State.Slots);
        foreach (var one in State.Objects)
        {
            var content = new MemoryContent(
                one.TrustedRows ?? [.. Enumerable.Repeat(Size.Cells, one.Trusted)],
                one.Previous ? one.PreviousRows ?? Size.Cells : 0,
                one.Updates);
            var slots = same ? State.Slots : (int)Math.Min(one.Updates, State.Slots);
            var rows = content.Rows(State.UpdatePixels, slots);
            var keys = Read(SnapshotNames.Object(one.Id, "keys"), ElementType.Float32, rows, KeyValueHead.KeyChannels);
            var values = Read(SnapshotNames.Object(one.Id, "values"), null, rows, KeyValueHead.ValueChannels);
            var looks = Read(SnapshotNames.Object(one.Id, "looks"), ElementType.Float32, 2, Looks.Channels);
            var ground = one.Ground ? Read(SnapshotNames.Object(one.Id, "ground"), ElementType.Float32, content.PreviousRows) : null;
            var pending = one.Pending ? Pending(one.Id, content.PreviousRows) : null;
            var memory = new ObjectMemory(
                (byte)one.Id,
                Math.Max(Size.Cells, content.PreviousRows),
                State.UpdatePixels,
                slots,
                _layout,
                content.TrustedRows);
            memory.Restore(content, keys, values, ground, pending);
            memory.Looks.copy_(looks);
            video.Memory.Put(memory);
        }
    }

    private static byte[] Ids(int[] ids) => Array.ConvertAll(ids, id => (byte)id);

    private static SnapshotException Unfit(string problem) => new($"The snapshot cannot be used: {problem}.");

    private FirstFrame Given(string name, SnapshotGiven given)
    {
        var ids = Ids(given.Ids);
        var picture = _file.Tensors.GetValueOrDefault(name + ".picture");
        if (picture?.Shape is not [3, > 0 and <= LongestSide, > 0 and <= LongestSide])
        {
            throw Unfit($"{name} has no picture");
        }

        var (height, width) = (picture.Shape[1], picture.Shape[2]);
        var bytes = (
            Read(name + ".picture", ElementType.UInt8, 3, height, width),
            Read(name + ".masks", ElementType.UInt8, ids.Length, height, width),
            given.All ? Read(name + ".all", ElementType.UInt8, 1, height, width) : null);
        return new FirstFrame(ids, bytes) { Near = given.Near is { } near ? Given(SnapshotNames.Near(name), near) : null };
    }

    private torch.Tensor Pending(int id, int rowCount)
    {
        var rows = Read(SnapshotNames.Object(id, "pending"), ElementType.Int64, State.UpdatePixels);
        return rows.min().item<long>() >= 0 && rows.max().item<long>() < rowCount ? rows : throw Unfit(
            $"object {id} has pixels outside of the frame");
    }

    /// <summary>A tensor on the device, of the current dispose scope; of any number format that weights have where none is named.</summary>
    private torch.Tensor Read(string name, ElementType? type, params long[] shape)
    {
        if (!_file.Tensors.TryGetValue(name, out var stored))
        {
            throw Unfit($"{name} is missing");
        }

        var fits = type is null ? stored.Type is ElementType.Float32 or ElementType.BFloat16 or ElementType.Float16 : stored.Type == type;
        return fits && stored.Shape.SequenceEqual(shape)
            ? stored.ToTensor(stored.Type.ToScalarType()).to(_layout.Device)
            : throw Unfit($"{name} is {stored.ShapeText} {stored.Type}, not {StoredTensor.TextOf(shape)}");
    }

    private void Check()
    {
        var (frame, cells) = (State, Size.Cells);
        Require(
            Array.TrueForAll([frame.NetworkWidth, frame.NetworkHeight, frame.Width, frame.Height], side => side is > 0 and <= LongestSide),
            "a side of its pictures is out of range");
        Require(frame.Frame >= 0 && frame.Varied >= 0, "a count is negative");
        Require(
            frame.UpdatePixels > 0 && frame.UpdatePixels <= cells && frame.Slots >= 0
                && (long)frame.Slots * frame.UpdatePixels <= (long)MostFrames * cells,
            "its memory's size is out of range");
        Require(AreIds(Array.ConvertAll(frame.Objects, o => o.Id)), "its objects are not in order");
        Require(
            AreIds(frame.Masks) && frame.Masks.All(id => Array.Exists(frame.Objects, o => o.Id == id && !o.Paused)),
            "its masks are not those of its objects");
        Require(
            Array.TrueForAll(
                frame.Given,
                g => AreIds([.. g.Ids.Order()]) && g.Ids.Length > 0 && g.Ids.All(id => Array.Exists(frame.Objects, o => o.Id == id))),
            "its given frames are not those of its objects");
        Require(
            Array.TrueForAll(frame.Given, g => g.Near is null || (g.Near.Near is null && g.Near.Ids.SequenceEqual(g.Ids))),
            "a part of a given frame has other objects than the frame");
        Require(frame.Window is not { } window || IsWindow(window, frame), "its window is not a part of its frame");
        foreach (var one in frame.Objects)
        {
            var given = frame.Given.Count(g => g.Ids.Contains(one.Id));
            Require(
                given == one.Trusted && given is > 0 and <= 1 + ObjectMemory.MaxReferences,
                $"object {one.Id} has another number of trusted frames than were given");
            Require(
                one.TrustedRows is null || (one.TrustedRows.Length == one.Trusted && one.TrustedRows.All(IsRowCount)),
                $"object {one.Id} has trusted frames of no size");
            Require(
                !one.Previous || one.PreviousRows is null || IsRowCount(one.PreviousRows.Value),
                $"object {one.Id} has a previous frame of no size");
            Require(
                one.Box is not { } box || (IsSide(box.Width) && IsSide(box.Height) && IsSide(box.Seen.Width) && IsSide(box.Seen.Height)),
                $"object {one.Id} has a bounding box of no size");
            Require(
                one.Updates >= 0 && one.Since <= frame.Frame && (one.Previous || !(one.Pending || one.Ground)),
                $"object {one.Id} is not consistent");
        }
    }

    // What is read is bounded by the tensor in the file, whose shape has to be just this.
    private static bool IsRowCount(int rows) => rows is > 0 and <= LongestSide * LongestSide / (PaddedSize.Stride * PaddedSize.Stride);

    private static bool IsWindow(FrameWindow window, SnapshotState state) =>
        window.FrameWidth is > 0 and <= LongestSide && window.FrameHeight is > 0 and <= LongestSide
        && window.X >= 0 && window.Y >= 0 && window.Width > 0 && window.Height > 0
        && window.X <= window.FrameWidth - window.Width && window.Y <= window.FrameHeight - window.Height
        && (window.Width, window.Height, window.NetworkWidth, window.NetworkHeight)
        == (state.Width, state.Height, state.NetworkWidth, state.NetworkHeight);

    private static bool IsSide(double side) => side is > 0 and <= LongestSide;

    private static bool AreIds(int[] ids)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] is < 1 or > byte.MaxValue || (i > 0 && ids[i] <= ids[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw Unfit(problem);
        }
    }
}
