namespace SwiftNet.Tracking;

/// <content>Objects that come from another window, go to one, are paused or go.</content>
internal sealed partial class WindowTracker
{
    /// <summary>A tracker of its own that follows a copy of one object from here on.</summary>
    public WindowTracker Fork(byte id) => With(segmenter.Fork(id), id);

    /// <summary>A tracker of its own for one object, which this one follows no longer; see <see cref="PlanSplit"/>.</summary>
    public WindowTracker Split(byte id)
    {
        var split = With(segmenter.Split(id), id);
        _histories.Remove(id);
        if (_nextOfSplit is { } next && next != _window)
        {
            (split._next, split._lastPlanes, _splitPlanes) = (next, _splitPlanes, []);
        }

        _nextOfSplit = null;
        return split;
    }

    /// <summary>Follows another tracker's objects too; both have the same window. The other one is empty then.</summary>
    public void Absorb(WindowTracker other)
    {
        segmenter.Absorb(other.Segmenter);
        TakeHistories(other);
    }

    /// <summary>
    /// Follows another tracker's objects too, without their masks on the last frame; both see the whole frame. The other one is empty
    /// then.
    /// </summary>
    public void Adopt(WindowTracker other)
    {
        segmenter.Adopt(other.Segmenter);
        TakeHistories(other);
    }

    /// <summary>Pauses an object or continues it.</summary>
    public void Pause(byte id, bool paused)
    {
        segmenter.Pause(id, paused);
        if (paused)
        {
            _ids.AsSpan().Replace(id, (byte)0);
            return;
        }

        // Wherever it has gone meanwhile: the window widens until the object is seen.
        var history = _histories[id];
        history.Miss(_window.FrameWidth, _window.FrameHeight);
        _histories[id] = history;
    }

    /// <summary>Follows an object no longer.</summary>
    public void Remove(byte id)
    {
        segmenter.Remove(id);
        _histories.Remove(id);
        _ids.AsSpan().Replace(id, (byte)0);
    }

    /// <summary>Goes on with objects of a snapshot.</summary>
    public void Restore(IEnumerable<(byte Id, BoxHistory History)> histories)
    {
        _window = segmenter.Window;
        _ids = new byte[_window.Width * _window.Height];
        foreach (var (id, history) in histories)
        {
            _histories[id] = history;
        }

        // Until the first step nothing is certain of them.
        Result = new StepResult(0, Array.ConvertAll(AllIds(), id => new ObjectConfidence(id, 0)), WriteReason.None, 0);
    }

    /// <summary>Where an object was.</summary>
    public BoxHistory HistoryOf(byte id) => _histories[id];

    private WindowTracker With(VideoSegmenter own, byte id)
    {
        var tracker = new WindowTracker(own, cutter, references)
        {
            _window = _window,
            _ids = new byte[_window.Width * _window.Height],
            Budget = Budget,
        };
        tracker._histories.Add(id, _histories[id]);
        tracker.Result = Result with { Objects = [.. Result.Objects.Where(confidence => confidence.Id == id)], Due = WriteReason.None };
        return tracker;
    }

    private void TakeHistories(WindowTracker other)
    {
        foreach (var (id, history) in other._histories)
        {
            _histories[id] = history;
        }

        _counters = _counters.With(other._counters);
    }
}
