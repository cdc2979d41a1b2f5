using SwiftNet.Tracking;

namespace SwiftNet;

/// <summary>
/// Follows objects through windows of a camera's frames: the network looks where the objects are, as closely as its pixels allow.
/// </summary>
/// <remarks>
/// Not thread-safe. Order of calls: <see cref="Start"/>, or <see cref="Adopt"/> of one that was started, then for every frame
/// <see cref="Step(FrameImage, NetworkFrame)"/>, perhaps
/// <see cref="Add"/>, and <see cref="Write"/>. Objects that are far apart have windows of their own, which share one budget of
/// network pixels.
/// With <see cref="WindowOptions.Enabled"/> off there is one window, the whole frame.
/// </remarks>
public sealed partial class WindowedSegmenter : IDisposable
{
    private readonly SwiftNetModel _model;
    private readonly WindowOptions _options;
    private readonly FrameCutter _cutter = new();
    private readonly List<WindowTracker> _trackers = [];
    private readonly List<ObjectConfidence> _objects = [];
    private MemoryOptions _memory;
    private WindowPolicy? _policy;
    private double _scale = 1;
    private int _turn;
    private WindowCounters _before;
    private readonly List<WindowWrite> _writes = [];

    /// <summary>Creates the state of one video; <paramref name="model"/> stays the caller's.</summary>
    public WindowedSegmenter(SwiftNetModel model, MemoryOptions memory, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _memory, _options) = (model, memory, options);
    }

    /// <summary>
    /// True between <see cref="Start"/> (or <see cref="Adopt"/>) and <see cref="Reset"/>, also when every object has been removed.
    /// </summary>
    public bool Started => _policy is not null;

    /// <summary>Columns and rows of the frames, in pixels.</summary>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public (int Width, int Height) FrameSize => (Running().FrameWidth, Running().FrameHeight);

    /// <summary>Factor of the bound's sides; see <see cref="ChangeBudget"/>. 1 at first.</summary>
    public double BudgetScale => _scale;

    /// <summary>What windows have done.</summary>
    public WindowCounters Counters => _trackers.Aggregate(_before, (sum, tracker) => sum.With(tracker.Counters));

    /// <summary>Number of windows.</summary>
    public int WindowCount => _trackers.Count;

    /// <summary>The windows of the last step.</summary>
    public IReadOnlyList<FrameWindow> Windows => _trackers.ConvertAll(tracker => tracker.Window);

    /// <summary>Whether the next step sees nothing but the whole frame, at the size of <see cref="WholeFrame"/>.</summary>
    public bool SeesWholeFrame =>
        !_options.Enabled || (_trackers is [var only] && only.Window.IsWhole && !only.IsMoving && _join is null && _split is null);

    /// <summary>The window of the whole frame.</summary>
    public FrameWindow WholeFrame => Running().Whole;

    /// <summary>How long the parts of the last step and write took, all windows together.</summary>
    public PartTimes Times
    {
        get
        {
            var sum = default(PartTimes);
            foreach (var tracker in _trackers)
            {
                sum = tracker.HasStepped ? sum.With(tracker.Segmenter.Times) : sum;
            }

            return sum;
        }
    }

    /// <summary>Memory pixels held for the object that has most, the previous frame aside.</summary>
    public int MemoryPixels
    {
        get
        {
            var most = 0;
            foreach (var tracker in _trackers)
            {
                most = Math.Max(most, tracker.Segmenter.MemoryPixels);
            }

            return most;
        }
    }

    /// <summary>Memory pixels that an object of the largest window may have; 0 before <see cref="Start"/>.</summary>
    public int MemoryCapacity
    {
        get
        {
            var most = 0;
            foreach (var tracker in _trackers)
            {
                most = Math.Max(most, tracker.Segmenter.MemoryCapacity);
            }

            return most;
        }
    }

    /// <summary>Memory's bound as it is now, <see cref="MemoryOptions.CapacityFrames"/> until <see cref="ChangeCapacity"/>.</summary>
    public double CapacityFrames => _memory.CapacityFrames;

    /// <summary>Decides in place of the trigger which frames are due; see <see cref="VideoSegmenter.Schedule"/>.</summary>
    internal Func<long, bool>? Schedule { get; set; }

    /// <summary>Shows and writes every mask as the network finds it; see <see cref="VideoSegmenter.BelievesAll"/>.</summary>
    internal bool BelievesAll { get; set; }

    /// <summary>Begins a video: the objects of <paramref name="mask"/>, of the frame's size, go into memory.</summary>
    /// <exception cref="ArgumentException">The mask is empty or has another size than the frame.</exception>
    public void Start(FrameImage frame, IdMask mask)
    {
        Check(frame, mask);
        Reset();
        _policy = new WindowPolicy(frame.Width, frame.Height, _options, _scale);
        try
        {
            Add(frame, mask);
        }
        catch
        {
            Reset();
            throw;
        }
    }

    /// <summary>Segments the next frame; see <see cref="CopyIds(Span{byte})"/> for the masks.</summary>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public StepResult Step(FrameImage frame) => Step(frame, default);

    /// <summary>Segments the next frame; see <see cref="CopyIds(Span{byte})"/> for the masks.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="whole">The frame at the network size of <see cref="WholeFrame"/> where the caller has it already; used while the
    /// whole frame is seen.</param>
    /// <exception cref="ArgumentException">The frame has another size than the video; see <see cref="Resize"/>.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public StepResult Step(FrameImage frame, NetworkFrame whole)
    {
        var policy = Running();
        if (frame.Width != policy.FrameWidth || frame.Height != policy.FrameHeight)
        {
            throw new ArgumentException(
                $"The frame is {frame.Width}x{frame.Height}; this video was started with {policy.FrameWidth}x{policy.FrameHeight}.",
                nameof(frame));
        }

        // (1) Windows join and split between two frames, when the last one has been written.
        Regroup();

        // (2) Each window's masks. With more windows than the budget has room for, they take turns; the others keep their masks.
        var places = Math.Min(_trackers.Count, WindowGrouping.Places(policy));
        for (var i = 0; i < _trackers.Count; i++)
        {
            var tracker = _trackers[(_turn + i) % _trackers.Count];
            if (i < places)
            {
                tracker.Step(frame, whole);
            }
            else
            {
                tracker.Skip();
            }
        }

        _turn = _trackers.Count == places ? 0 : (_turn + places) % _trackers.Count;

        // (3) Where the objects are decides which windows are next. This frame is cut by them while there is one to cut.
        if (_options.Enabled)
        {
            Plan(frame, policy);
        }

        return Results();
    }

    /// <summary>
    /// Adds the objects of <paramref name="mask"/>, of the frame's size, that are not followed yet; the frame is that of the last step
    /// or start.
    /// </summary>
    /// <exception cref="ArgumentException">The mask has another size than the frame, or is empty.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Add(FrameImage frame, IdMask mask)
    {
        Check(frame, mask);
        var policy = Running();
        var ids = mask.DistinctIds();
        if (ids.Length == 0)
        {
            throw new ArgumentException("The mask is empty: it holds no object to follow.", nameof(mask));
        }

        var added = new List<WindowTracker>();
        foreach (var group in WindowGrouping.Groups(mask, Array.FindAll(ids, id => Find(id) is null), policy, _options.Enabled))
        {
            var segmenter = new VideoSegmenter(_model, _memory) { Schedule = Schedule, BelievesAll = BelievesAll };
            added.Add(new WindowTracker(segmenter, _cutter, mask, group, policy, _options.ReferenceContext));
        }

        _trackers.AddRange(added);
        ShareBudget();
        foreach (var tracker in added)
        {
            tracker.Start(frame, mask, policy);
        }

        JoinWholeFrames();
    }

    /// <summary>Takes the last step's frame into memory where it is due; see <see cref="VideoSegmenter.Write"/>.</summary>
    /// <returns>What each window has written; empty where nothing is.</returns>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public IReadOnlyList<WindowWrite> Write()
    {
        Running();
        _writes.Clear();
        foreach (var tracker in _trackers)
        {
            if (tracker.Segmenter.Write() is { } write)
            {
                _writes.Add(new WindowWrite(tracker.Window, write));
            }
        }

        return _writes;
    }

    /// <summary>Forgets the video.</summary>
    public void Reset()
    {
        _trackers.ForEach(tracker => tracker.Dispose());
        _trackers.Clear();
        (_policy, _join, _split, _turn, _before) = (null, null, null, 0, default);
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private void ShareBudget()
    {
        var policy = Running();
        if (_options.Enabled)
        {
            WindowGrouping.ShareBudget(_trackers, policy);
        }
        else
        {
            _trackers.ForEach(tracker => tracker.Budget = policy.Budget);
        }
    }

    // Without windows every object is in the one picture of the whole frame. What it knows of its own objects stays as it is.
    private void JoinWholeFrames()
    {
        while (!_options.Enabled && _trackers is [var first, var second, ..])
        {
            first.Adopt(second);
            _trackers.Remove(second);
            second.Dispose();
        }
    }

    private void Absorb(WindowTracker first, WindowTracker second)
    {
        first.Absorb(second);
        first.Budget += second.Budget;
        _trackers.Remove(second);
        second.Dispose();
    }

    private StepResult Results()
    {
        var (frame, due, variation) = (0L, WriteReason.None, 0f);
        _objects.Clear();
        foreach (var tracker in _trackers)
        {
            var result = tracker.Result;
            (frame, variation) = (Math.Max(frame, result.Frame), Math.Max(variation, result.Variation));
            due = due == WriteReason.None ? result.Due : due;
            foreach (var confidence in result.Objects)
            {
                if (tracker.IsActive(confidence.Id))
                {
                    _objects.Add(confidence);
                }
            }
        }

        _objects.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return new StepResult(frame, _objects, due, variation);
    }

    private WindowTracker? Find(byte id) => _trackers.Find(tracker => tracker.Follows(id));

    private WindowTracker Followed(byte id) => Find(id) ?? throw new ArgumentException($"No object {id} is followed.", nameof(id));

    private WindowPolicy Running() => _policy ?? throw new InvalidOperationException("No video was started: call Start first.");

    private static void Check(FrameImage frame, IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Width != frame.Width || mask.Height != frame.Height)
        {
            throw new ArgumentException(
                $"The mask is {mask.Width}x{mask.Height}; the frame is {frame.Width}x{frame.Height}.",
                nameof(mask));
        }
    }
}
