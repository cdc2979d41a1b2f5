namespace SwiftNet.Tracking;

/// <summary>One window with the objects that it follows: cuts it from each frame, segments it, and decides where it is on the next.</summary>
/// <param name="segmenter">Segments the window; this object's.</param>
/// <param name="cutter">Cuts windows; the caller's.</param>
/// <param name="policy">Chooses them.</param>
/// <param name="options">Whether windows follow at all.</param>
internal sealed class WindowTracker(VideoSegmenter segmenter, FrameCutter cutter, WindowPolicy policy, WindowOptions options) : IDisposable
{
    private readonly SortedDictionary<byte, BoxHistory> _histories = [];
    private FrameWindow _window;
    private FrameWindow? _next;
    private float[] _planes = [];
    private float[] _lastPlanes = [];
    private byte[] _ids = [];
    private WindowCounters _counters;

    /// <summary>The segmenter.</summary>
    public VideoSegmenter Segmenter => segmenter;

    /// <summary>The window of the last step, or of the given frame.</summary>
    public FrameWindow Window => _window;

    /// <summary>What its window has done.</summary>
    public WindowCounters Counters => _counters;

    /// <summary>Ids of the last step, one a camera pixel of <see cref="Window"/>; overwritten by the next step.</summary>
    public ReadOnlyMemory<byte> Ids => _ids.AsMemory(0, _window.Width * _window.Height);

    /// <summary>Chooses the window of given objects.</summary>
    /// <param name="mask">The objects in the whole frame; those named are looked at.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="enabled">Whether windows follow.</param>
    public static FrameWindow Choose(IdMask mask, byte[] ids, WindowPolicy policy, bool enabled) =>
        enabled ? policy.Begin(Target(Boxes(mask, ids, policy.Whole).Select(box => new BoxHistory(box)))) : policy.Whole;

    /// <summary>Begins with the objects of a mask of the whole frame.</summary>
    public void Start(FrameImage frame, IdMask mask)
    {
        var ids = mask.DistinctIds();
        if (ids.Length == 0)
        {
            throw new ArgumentException("The mask is empty: it holds no object to follow.", nameof(mask));
        }

        _window = Choose(mask, ids, policy, options.Enabled);
        Know(mask, ids);
        var cut = ReferenceCut.Make(cutter, frame, mask, policy.Whole, _window, options.ReferenceContext);
        segmenter.StartWindow(Cut(frame, _window, ref _planes), _window, cut);
        TakeIds(_window.Cut(mask));
    }

    /// <summary>Segments the next frame.</summary>
    public StepResult Step(FrameImage frame)
    {
        if (_next is { } next)
        {
            // (1) The window moves between two frames, when the last one has been written.
            segmenter.MoveWindow(next, new NetworkFrame(_lastPlanes.AsSpan(0, 3 * next.NetworkPixels), next.NetworkWidth, next.NetworkHeight));
            _counters = _window.HasShapeOf(next)
                ? _counters with { Moves = _counters.Moves + 1 }
                : _counters with { Reshapes = _counters.Reshapes + 1 };
            (_window, _next) = (next, null);
        }

        // (2) Camera pixels to the network, ids back.
        var area = _window.Width * _window.Height;
        _ids = _ids.Length >= area ? _ids : new byte[area];
        var result = segmenter.Step(Cut(frame, _window, ref _planes), _ids.AsSpan(0, area));
        _counters = _counters with
        {
            Steps = _counters.Steps + 1,
            Pixels = _counters.Pixels + _window.NetworkPixels,
            WholeSteps = _counters.WholeSteps + (_window.IsWhole ? 1 : 0),
        };

        // (3) Where the objects are says which window is next. This frame is cut by it while there is one to cut.
        if (options.Enabled)
        {
            Observe();
            var wanted = Next();
            if (wanted != _window)
            {
                _next = wanted;
                Cut(frame, wanted, ref _lastPlanes);
            }
        }

        return result;
    }

    /// <summary>Adds objects of a mask of the whole frame on the frame of the last step; those that are followed stay as they are.</summary>
    public void Add(FrameImage frame, IdMask mask)
    {
        var ids = Array.FindAll(mask.DistinctIds(), id => !_histories.ContainsKey(id));
        if (ids.Length == 0)
        {
            return;
        }

        Know(mask, ids);
        var all = Target(_histories.Values);
        var window = _window.Box.Contains(all.Box.ClampTo(frame.Width, frame.Height)) ? _window : policy.Begin(all);
        if (window != _window)
        {
            segmenter.MoveWindow(window, Cut(frame, window, ref _planes));
            (_window, _counters) = (window, _counters with { Reshapes = _counters.Reshapes + 1 });
        }

        _next = null;
        segmenter.AddInWindow(ids, ReferenceCut.Make(cutter, frame, mask, policy.Whole, _window, options.ReferenceContext));
        var part = _window.Cut(mask).Ids;
        _ids = _ids.Length >= part.Length ? _ids : new byte[part.Length];
        for (var i = 0; i < part.Length; i++)
        {
            _ids[i] = ids.Contains(part[i]) ? part[i] : _ids[i];
        }
    }

    /// <summary>A tracker of its own that follows one object from here on.</summary>
    public WindowTracker Fork(byte id)
    {
        var fork = new WindowTracker(segmenter.Fork(id), cutter, policy, options)
        {
            _window = _window,
            _next = _next,
            _lastPlanes = [.. _lastPlanes],
            _ids = [.. _ids],
        };
        fork._histories.Add(id, _histories[id]);
        return fork;
    }

    /// <inheritdoc/>
    public void Dispose() => segmenter.Dispose();

    private static BoundingBox[] Boxes(IdMask mask, byte[] ids, FrameWindow window)
    {
        var boxes = new BoundingBox[ids.Length];
        new MaskBoxes().Measure(mask.Ids, window, ids, boxes);
        return boxes;
    }

    private static WindowTarget Target(IEnumerable<BoxHistory> histories) => histories.Select(WindowTarget.Of).Aggregate((all, one) => all.With(one));

    private NetworkFrame Cut(FrameImage frame, FrameWindow window, ref float[] planes)
    {
        var length = 3 * window.NetworkPixels;
        planes = planes.Length >= length ? planes : new float[length];
        cutter.Cut(frame, window, planes);
        return new NetworkFrame(planes.AsSpan(0, length), window.NetworkWidth, window.NetworkHeight);
    }

    private void Know(IdMask mask, byte[] ids)
    {
        var boxes = Boxes(mask, ids, policy.Whole);
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

    private FrameWindow Next()
    {
        var video = segmenter.State!;
        WindowTarget? target = null;
        foreach (var id in video.Ids)
        {
            var own = WindowTarget.Of(_histories[id]);
            target = target?.With(own) ?? own;
        }

        return target is { } wanted ? policy.Next(_window, wanted) : _window;
    }

    private void TakeIds(IdMask mask)
    {
        _ids = _ids.Length >= mask.Ids.Length ? _ids : new byte[mask.Ids.Length];
        mask.Ids.CopyTo(_ids, 0);
    }
}
