namespace SwiftNet.Tracking;

/// <summary>
/// One window with the objects that it follows: cuts it from each frame, segments it, and decides where it is on the next.
/// </summary>
/// <param name="segmenter">Segments the window; disposed with the tracker.</param>
/// <param name="cutter">Cuts windows; the caller's.</param>
/// <param name="references">Factor of the budget that the kept part of a given frame around its objects has at most.</param>
internal sealed partial class WindowTracker(VideoSegmenter segmenter, FrameCutter cutter, double references) : IDisposable
{
    private readonly SortedDictionary<byte, BoxHistory> _histories = [];
    private FrameWindow _window;
    private FrameWindow? _next;
    private float[] _planes = [];
    private FrameWindow? _nextOfSplit;
    private float[] _lastPlanes = [];
    private float[] _splitPlanes = [];
    private byte[] _ids = [];
    private WindowCounters _counters;

    /// <summary>Prepares a window for objects of a mask of the whole frame; <see cref="Start"/> begins.</summary>
    public WindowTracker(VideoSegmenter segmenter, FrameCutter cutter, IdMask mask, byte[] ids, WindowPolicy policy, double references)
        : this(segmenter, cutter, references) => ObserveMask(mask, ids, policy);

    /// <summary>The segmenter.</summary>
    public VideoSegmenter Segmenter => segmenter;

    /// <summary>The window of the last step, or of the given frame.</summary>
    public FrameWindow Window => _window;

    /// <summary>Network pixels that its window may have.</summary>
    public int Budget { get; set; }

    /// <summary>What its window has done.</summary>
    public WindowCounters Counters => _counters;

    /// <summary>What the last step found besides the mask.</summary>
    public StepResult Result { get; private set; }

    /// <summary>Ids of the last step, one a camera pixel of <see cref="Window"/>; overwritten by the next step.</summary>
    public ReadOnlySpan<byte> Ids => _ids.AsSpan(0, _window.Width * _window.Height);

    /// <summary>Whether its window was segmented on the newest frame; not while it waits for its turn.</summary>
    public bool HasStepped { get; private set; } = true;

    /// <summary>Where each object was, by id.</summary>
    public SortedDictionary<byte, BoxHistory> Histories => _histories;

    /// <summary>Whether the next step sees another window.</summary>
    public bool IsMoving => _next is not null;

    /// <summary>The objects that it has to show together; null where all are paused.</summary>
    public WindowTarget? Target
    {
        get
        {
            WindowTarget? target = null;
            foreach (var (id, history) in _histories)
            {
                if (IsActive(id))
                {
                    var own = WindowTarget.Of(history);
                    target = target?.With(own) ?? own;
                }
            }

            return target;
        }
    }

    /// <summary>What one of its objects needs.</summary>
    public WindowTarget TargetOf(byte id) => WindowTarget.Of(_histories[id]);

    /// <summary>Whether an object is neither paused nor gone.</summary>
    public bool IsActive(byte id) => _histories.ContainsKey(id) && segmenter.State?.Objects.Find(id) is not { Paused: true };

    /// <summary>Whether an object is followed in this window.</summary>
    public bool Follows(byte id) => _histories.ContainsKey(id);

    /// <summary>The objects that are not paused, in order of id.</summary>
    public byte[] ActiveIds() => [.. _histories.Keys.Where(IsActive)];

    /// <summary>All objects, in order of id.</summary>
    public byte[] AllIds() => [.. _histories.Keys];

    /// <summary>Begins with its objects on a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="mask">Its objects, those of other windows too.</param>
    /// <param name="policy">Chooses the window.</param>
    public void Start(FrameImage frame, IdMask mask, WindowPolicy policy)
    {
        byte[] ids = AllIds();
        _window = policy.Begin(Combine(_histories.Values), Budget);
        var cut = ReferenceCut.Make(cutter, frame, mask, policy.Whole, _window, references);
        segmenter.StartWindow(Cut(frame, _window, ref _planes), _window, cut, ids);
        TakeIds(_window.Cut(mask), ids);
        Result = new StepResult(0, Array.ConvertAll(ids, id => new ObjectConfidence(id, 1)), WriteReason.None, 0);
    }

    /// <summary>Corrects an object by its mask on a frame; see <see cref="VideoSegmenter.Reference"/>.</summary>
    public void Reference(FrameImage frame, IdMask mask, byte id, WindowPolicy policy)
    {
        ObserveMask(mask, [id], policy);
        _next = null;
        var window = policy.Begin(Combine(_histories.Values), Budget);
        var planes = Cut(frame, window, ref _planes);
        if (window != _window)
        {
            segmenter.MoveWindow(window, planes);
            _window = window;
        }

        segmenter.ReferenceInWindow(planes, ReferenceCut.Make(cutter, frame, mask, policy.Whole, _window, references), id);
        TakeIds(_window.Cut(mask), [id]);
    }

    /// <summary>Between two frames, when the last one has been written: takes the window that was planned.</summary>
    public void Move()
    {
        if (_next is { } next)
        {
            segmenter.MoveWindow(
                next,
                new NetworkFrame(_lastPlanes.AsSpan(0, 3 * next.NetworkPixels), next.NetworkWidth, next.NetworkHeight));
            Count(next);
        }
    }

    /// <summary>Segments the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="whole">The whole frame at network size, used where the window is just that; may be empty.</param>
    public void Step(FrameImage frame, NetworkFrame whole)
    {
        HasStepped = true;
        Move();
        var area = _window.Width * _window.Height;
        _ids = _ids.Length >= area ? _ids : new byte[area];
        var isReady = _window.IsWhole && whole.Width == _window.NetworkWidth && whole.Height == _window.NetworkHeight;
        Result = segmenter.Step(isReady ? whole : Cut(frame, _window, ref _planes), _ids.AsSpan(0, area));
        _counters = _counters with
        {
            Steps = _counters.Steps + 1,
            Pixels = _counters.Pixels + _window.NetworkPixels,
            WholeSteps = _counters.WholeSteps + (_window.IsWhole ? 1 : 0),
        };
        Observe();
    }

    /// <summary>Another window's turn: the mask stays as it is, and nothing is due.</summary>
    public void Skip()
    {
        HasStepped = false;
        Result = Result with { Due = WriteReason.None };
    }

    /// <summary>Decides which window is next, by where the objects are; cuts this frame by it while there is one to cut.</summary>
    public void Plan(FrameImage frame, WindowPolicy policy)
    {
        if (Target is { } target)
        {
            Plan(frame, policy.Next(_window, target, Budget));
        }
    }

    /// <summary>Sees a given window from the next step on.</summary>
    public void Plan(FrameImage frame, FrameWindow next)
    {
        _next = null;
        if (next != _window)
        {
            _next = next;
            Cut(frame, next, ref _lastPlanes);
        }
    }

    /// <summary>As <see cref="Plan(FrameImage, WindowPolicy)"/>, where one of its objects gets a window of its own: both share its
    /// budget.</summary>
    public void PlanSplit(FrameImage frame, WindowPolicy policy, byte id)
    {
        var (own, rest) =
            (TargetOf(id), Combine(_histories.Where(pair => pair.Key != id && IsActive(pair.Key)).Select(pair => pair.Value)));
        Span<int> shares = stackalloc int[2];
        WindowGrouping.Divide([policy.Needed(own), policy.Needed(rest)], shares, Budget, Budget);
        Plan(frame, policy.Next(_window, rest, shares[1]));
        _nextOfSplit = policy.Next(_window, own, shares[0]);
        Cut(frame, _nextOfSplit.Value, ref _splitPlanes);
    }

    /// <summary>The frame has another size from now on.</summary>
    public void ChangeFrame(WindowPolicy policy)
    {
        var before = _window;
        _next = null;
        segmenter.ChangeFrame(policy.FrameWidth, policy.FrameHeight);
        _window = segmenter.Window;
        foreach (var (id, history) in _histories.ToArray())
        {
            _histories[id] = history.Move(before, _window);
        }

        MoveNow(before.IsWhole ? policy.WholeWithin(Budget) : policy.Next(_window, Target ?? WindowTarget.None(_window), Budget));
        _ids = new byte[_window.Width * _window.Height];
    }

    /// <summary>The budget has changed, or there are windows of others beside this one now.</summary>
    public void Fit(WindowPolicy policy)
    {
        _next = null;
        MoveNow(policy.Next(_window, Target ?? WindowTarget.None(_window), Budget));
    }

    /// <inheritdoc/>
    public void Dispose() => segmenter.Dispose();

    private static WindowTarget Combine(IEnumerable<BoxHistory> histories) => histories.Select(WindowTarget.Of).Aggregate(
        (all, one) => all.With(one));

    // Without a frame to cut: the last one is resampled.
    private void MoveNow(FrameWindow next)
    {
        if (next == _window)
        {
            return;
        }

        segmenter.MoveWindow(next);
        Count(next);
    }

    private void Count(FrameWindow next)
    {
        _counters = _window.HasShapeOf(next)
            ? _counters with { Moves = _counters.Moves + 1 }
            : _counters with { Reshapes = _counters.Reshapes + 1 };
        (_window, _next) = (next, null);

        // What the last step found is in the old window; the next step fills this one.
        _ids = _ids.Length >= next.Width * next.Height ? _ids : new byte[next.Width * next.Height];
        _ids.AsSpan().Clear();
    }

    private NetworkFrame Cut(FrameImage frame, FrameWindow window, ref float[] planes)
    {
        var length = 3 * window.NetworkPixels;
        planes = planes.Length >= length ? planes : new float[length];
        cutter.Cut(frame, window, planes);
        return new NetworkFrame(planes.AsSpan(0, length), window.NetworkWidth, window.NetworkHeight);
    }

    private void ObserveMask(IdMask mask, byte[] ids, WindowPolicy policy)
    {
        var boxes = new BoundingBox[ids.Length];
        new MaskBoxes().Measure(mask.Ids, policy.Whole, ids, boxes);
        for (var i = 0; i < ids.Length; i++)
        {
            _histories[ids[i]] = new BoxHistory(boxes[i]);
        }
    }

    private void Observe()
    {
        var video = segmenter.State!;
        for (var i = 0; i < video.Ids.Length; i++)
        {
            var (id, box) = (video.Ids[i], video.Boxes![i]);
            var history = _histories[id];
            if (video.Objects.Find(id)!.Sight.IsWritten && box.Width > 0)
            {
                history.See(box);
            }
            else
            {
                history.Miss(_window.FrameWidth, _window.FrameHeight);
            }

            _histories[id] = history;
        }
    }

    private void TakeIds(IdMask mask, byte[] ids)
    {
        _ids = _ids.Length >= mask.Ids.Length ? _ids : new byte[mask.Ids.Length];
        for (var i = 0; i < mask.Ids.Length; i++)
        {
            _ids[i] = ids.Contains(mask.Ids[i]) ? mask.Ids[i] : (byte)0;
        }
    }
}
