using SwiftNet.Tracking;

namespace SwiftNet;

/// <content>Objects that come, go and are corrected, and what may change in the middle of a video.</content>
public sealed partial class WindowedSegmenter
{
    /// <summary>Ids of all objects that are followed, those that are paused too, in order; empty before <see cref="Start"/>.</summary>
    public IReadOnlyList<byte> Objects => [.. _trackers.SelectMany(tracker => tracker.AllIds()).Order()];

    /// <summary>Follows an object no longer; see <see cref="VideoSegmenter.Remove"/>.</summary>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    public void Remove(byte id)
    {
        var tracker = Followed(id);
        tracker.Remove(id);
        if (tracker.AllIds().Length == 0)
        {
            _before = _before.With(tracker.Counters);
            _trackers.Remove(tracker);
            tracker.Dispose();
        }
    }

    /// <summary>Pauses an object or continues it; see <see cref="VideoSegmenter.Pause"/>.</summary>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    public void Pause(byte id, bool paused) => Followed(id).Pause(id, paused);

    /// <summary>A segmenter of its own that follows a copy of one object; see <see cref="VideoSegmenter.Fork"/>.</summary>
    /// <returns>The copy, which is not paused; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    public WindowedSegmenter Fork(byte id)
    {
        var fork = new WindowedSegmenter(_model, _memory, _options) { _scale = _scale, _policy = _policy };
        var tracker = Followed(id).Fork(id);
        tracker.Budget = Running().Budget;
        fork._trackers.Add(tracker);
        return fork;
    }

    /// <summary>
    /// Takes over all objects of another segmenter, with their memory; those of the same id are replaced, and stay paused if they are.
    /// The other one is reset.
    /// </summary>
    /// <remarks>The last frame of the other should be the last one of this segmenter, or not much older.</remarks>
    /// <exception cref="ArgumentException">The other is this one or of another network.</exception>
    /// <exception cref="InvalidOperationException">The other has no video.</exception>
    public void Adopt(WindowedSegmenter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other) || !ReferenceEquals(_model, other._model))
        {
            throw new ArgumentException("Only another segmenter of the same network can be adopted.", nameof(other));
        }

        var theirs = other.Running();
        _policy ??= new WindowPolicy(theirs.FrameWidth, theirs.FrameHeight, _options, _scale);
        other.Resize(_policy.FrameWidth, _policy.FrameHeight);
        foreach (var id in other.Objects)
        {
            if (Find(id) is { } before)
            {
                other.Pause(id, !before.IsActive(id));
                Remove(id);
            }
        }

        _trackers.AddRange(other._trackers);
        other._trackers.Clear();
        other.Reset();
        (_join, _split) = (null, null);
        ShareBudget();
        foreach (var tracker in _trackers)
        {
            tracker.Fit(_policy);
        }

        JoinWholeFrames();
    }

    /// <summary>
    /// Corrects objects by their masks on a frame, which may be an older one; see <see cref="VideoSegmenter.Reference"/>.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="mask">Objects that are followed, of the frame's size.</param>
    /// <exception cref="ArgumentException">The mask is empty, has another size, or holds an object that is not followed.</exception>
    public void Reference(FrameImage frame, IdMask mask)
    {
        Check(frame, mask);
        var (policy, ids) = (Running(), mask.DistinctIds());
        if (ids.Length == 0)
        {
            throw new ArgumentException("The mask is empty: it holds no object to correct.", nameof(mask));
        }

        foreach (var id in ids)
        {
            Followed(id).Reference(frame, mask, id, policy);
        }
    }

    /// <summary>
    /// Frames have another size from now on; the objects are followed on. What is kept is fitted inside where the aspect changes.
    /// </summary>
    /// <returns>Whether anything has changed.</returns>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public bool Resize(int width, int height)
    {
        var policy = Running();
        if (policy.FrameWidth == width && policy.FrameHeight == height)
        {
            return false;
        }

        _policy = new WindowPolicy(width, height, _options, _scale);
        (_join, _split) = (null, null);
        ShareBudget();
        _trackers.ForEach(tracker => tracker.ChangeFrame(_policy));
        return true;
    }

    /// <summary>Changes the budget of network pixels: the sides of <see cref="WindowOptions"/>' bound are multiplied by a factor.</summary>
    /// <param name="scale">The factor; over 0, up to 1.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool ChangeBudget(double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 1);
        if (scale == _scale)
        {
            return false;
        }

        _scale = scale;
        if (_policy is { } policy)
        {
            _policy = new WindowPolicy(policy.FrameWidth, policy.FrameHeight, _options, scale);
            (_join, _split) = (null, null);
            ShareBudget();
            _trackers.ForEach(tracker => tracker.Fit(_policy));
        }

        return true;
    }

    /// <summary>Changes <see cref="MemoryOptions.CapacityFrames"/>; see <see cref="VideoSegmenter.ChangeCapacity"/>.</summary>
    public void ChangeCapacity(double frames)
    {
        _memory = _memory with { CapacityFrames = frames };
        _trackers.ForEach(tracker => tracker.Segmenter.ChangeCapacity(frames));
    }

    /// <summary>Changes when frames are due; see <see cref="VideoSegmenter.ChangeThresholds"/>.</summary>
    public void ChangeThresholds(double frameThreshold, double maskThreshold, double areaShare)
    {
        _memory = _memory with { FrameThreshold = frameThreshold, MaskThreshold = maskThreshold, WriteAreaThreshold = areaShare };
        _trackers.ForEach(tracker => tracker.Segmenter.ChangeThresholds(frameThreshold, maskThreshold, areaShare));
    }
}
