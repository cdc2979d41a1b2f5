using SwiftNet.Network;
using SwiftNet.Sights;
using SwiftNet.Tracking;
using TorchSharp;

namespace SwiftNet;

/// <content>Objects that come, go and are put right while the video runs.</content>
public sealed partial class VideoSegmenter
{
    /// <summary>Ids of all objects that are followed, those that are paused too, in order; empty before <see cref="Start"/>.</summary>
    public IReadOnlyList<byte> Objects => _video is { } video ? [.. video.Objects.All.Select(o => o.Id)] : [];

    /// <summary>Adds the objects of <paramref name="mask"/> that are not followed yet, on the frame of the last step or start. What memory
    /// holds of the others stays as it is.</summary>
    /// <exception cref="ArgumentException">The mask has another size than the first one.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Add(IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var video = Running();
        video.Check(mask);
        var ids = Array.FindAll(mask.DistinctIds(), id => video.Objects.Find(id) is null);
        if (ids.Length > 0)
        {
            using var mode = torch.inference_mode();
            using var scope = torch.NewDisposeScope();
            AddObjects(video, mask, ids);
        }
    }

    /// <summary>Follows an object no longer and forgets it; what memory holds of the others stays as it is. When the last one goes, the
    /// video goes on without any.</summary>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Remove(byte id)
    {
        var video = Running();
        Followed(video, id);
        using var mode = torch.inference_mode();
        video.Remove(id);
    }

    /// <summary>
    /// Leaves an object alone, or no longer: it keeps its memory, but is neither segmented nor written, has no pixels and is not among the
    /// results of a step.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Pause(byte id, bool paused)
    {
        var video = Running();
        if (Followed(video, id) is var followed && followed.Paused != paused)
        {
            using var mode = torch.inference_mode();
            video.Pause(followed, paused);
        }
    }

    /// <summary>
    /// A segmenter of its own that follows one object from here on, with a copy of what memory holds of it: to be put right by
    /// <see cref="Reference"/> and brought up to date with frames that went by, and then taken back by <see cref="Adopt"/>. A write that
    /// waits stays with this one.
    /// </summary>
    /// <returns>The copy, which is not paused; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public VideoSegmenter Fork(byte id)
    {
        var video = Running();
        Followed(video, id);
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var fork = new VideoSegmenter(_model, _options)
        {
            _video = new Video(video.Size, video.Width, video.Height, _options, _model.Layout),
        };
        fork._video.TakeTime(video);
        fork._video.AddCopy(video, id);
        fork._trigger.Take(_trigger);
        (fork._video.Window, fork._video.Boxes) = (video.Window, video.Boxes is null ? null : []);
        return fork;
    }

    /// <summary>
    /// Takes over all objects of another segmenter, with their memory: those that are followed here already are replaced, and stay paused
    /// if they are. What memory holds of the others stays as it is. The other one is reset. Where no video was started here, it begins with
    /// the other's newest frame.
    /// </summary>
    /// <remarks>
    /// What the other has not written yet it writes first. Its newest frame counts as the one before this one's next step, so it should be
    /// this one's newest, or not much older; there is no mask of the objects on this one's newest frame, and that frame is not written for
    /// them.
    /// </remarks>
    /// <exception cref="ArgumentException">The other is this one, or of another network or network size.</exception>
    /// <exception cref="InvalidOperationException">The other has no video.</exception>
    public void Adopt(VideoSegmenter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var theirs = other.Running();
        if (ReferenceEquals(this, other) || !ReferenceEquals(_model, other._model) || (_video is { } own && own.Size != theirs.Size))
        {
            throw new ArgumentException("Only another segmenter of the same network and network size can be adopted.", nameof(other));
        }

        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        other.WriteAll();
        var video = _video;
        if (video is null)
        {
            video = _video = new Video(theirs.Size, theirs.Width, theirs.Height, _options, _model.Layout);
            video.TakeTime(theirs);
            _trigger.Take(other._trigger);
        }

        foreach (var taken in theirs.Objects.All)
        {
            var before = video.Objects.Find(taken.Id);
            if (before is not null)
            {
                video.Remove(taken.Id);
            }

            video.AddCopy(theirs, taken.Id);
            if ((before ?? taken).Paused)
            {
                video.Pause(video.Objects.Find(taken.Id)!, true);
            }
        }

        other.Reset();
    }

    /// <summary>
    /// Puts objects right: on the given frame, which may be an older one, they are as the mask says. The frame goes whole into their memory
    /// and is never evicted by updates (of more than three such frames of an object the oldest goes, never its first one). It also serves
    /// as their previous frame, and what was found of them on the newest frame is not written. What memory holds of the others stays as it
    /// is.
    /// </summary>
    /// <param name="frame">The picture, of the video's network size.</param>
    /// <param name="mask">Objects that are followed, and no others, at the size of the results.</param>
    /// <exception cref="ArgumentException">The frame or mask has another size, or the mask is empty or holds an object that is not
    /// followed.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Reference(NetworkFrame frame, IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var video = Running();
        video.Check(frame);
        video.Check(mask);
        var ids = mask.DistinctIds();
        if (ids.Length == 0)
        {
            throw new ArgumentException("The mask is empty: it holds no object to put right.", nameof(mask));
        }

        Array.ForEach(ids, id => Followed(video, id));
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var (input, picture) = video.Input.Aside(frame);
        var features = _model.Encoder.Forward(input);
        var maps = video.AtNetworkSize(mask, ids);
        var all = SoftMasks.All(maps);
        for (var i = 0; i < ids.Length; i++)
        {
            var encoded = Encode(video, features, video.Pad(maps.narrow(0, i, 1)), all);
            video.Memory.AddTrusted(ids[i], encoded.Keys[0], encoded.Values[0]);
            video.Memory.Of(ids[i]).SetLook(Looks.Of(features, Looks.Cells(video.Pad(maps.narrow(0, i, 1)))));
            video.DropMask(ids[i]);
            Followed(video, ids[i]).Sight.Begin(Sighting.Of(mask, ids[i]));
        }

        video.Given.Add(new FirstFrame(ids, picture, maps, all));
    }

    private static FollowedObject Followed(Video video, byte id) =>
        video.Objects.Find(id) ?? throw new ArgumentException($"No object {id} is followed.", nameof(id));

    private void AddObjects(Video video, IdMask mask, byte[] ids, ReferenceCut? cut = null)
    {
        if (video.Features.C1 is null)
        {
            video.Keep(_model.Encoder.Forward(video.Input.Again()));
        }

        var added = video.AtNetworkSize(mask, ids);
        var first = video.AddObjects(ids, added);
        var all = SoftMasks.All(video.Probabilities);
        var given = cut is null ? new FirstFrame(ids, video.Input.Current, added, all) : cut.Keep(ids, video);
        video.Given.Add(given);
        var near = given.Near is null ? null : ReferenceEncoder.Encode(_model, given.Near, given.Near.Size);
        for (var i = 0; i < ids.Length; i++)
        {
            var frame = near?[i] ?? Encode(video, video.Features, video.Pad(video.Probabilities.narrow(0, first[i], 1)), all);
            video.Memory.Add(ids[i], frame.Keys[0], frame.Values[0]);
            video.Memory.Of(ids[i]).SetLook(Looks.Of(video.Features, Looks.Cells(video.Pad(added.narrow(0, i, 1)))));
            Followed(video, ids[i]).Sight.Begin(video.Window.Observe(mask, ids[i]));
        }
    }

    /// <summary>Writes what waits and what the last step has left.</summary>
    private void WriteAll()
    {
        WithoutWaiting();
        Write();
    }
}
