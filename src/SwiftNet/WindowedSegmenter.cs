using SwiftNet.Tracking;

namespace SwiftNet;

/// <summary>Follows objects through windows of a camera's frames: the network looks where the objects are, as closely as its pixels allow.</summary>
/// <remarks>Not thread-safe. Order of calls as with <see cref="VideoSegmenter"/>.</remarks>
public sealed class WindowedSegmenter : IDisposable
{
    private readonly SwiftNetModel _model;
    private readonly MemoryOptions _memory;
    private readonly WindowOptions _options;
    private readonly FrameCutter _cutter;
    private WindowTracker? _tracker;

    /// <summary>Creates the state of one video; <paramref name="model"/> stays the caller's.</summary>
    public WindowedSegmenter(SwiftNetModel model, MemoryOptions memory, WindowOptions options)
        : this(model, memory, options, new FrameCutter())
    {
    }

    private WindowedSegmenter(SwiftNetModel model, MemoryOptions memory, WindowOptions options, FrameCutter cutter)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _memory, _options, _cutter) = (model, memory, options, cutter);
    }

    /// <summary>True between <see cref="Start"/> and <see cref="Reset"/>.</summary>
    public bool Started => _tracker is not null;

    /// <summary>The window of the last step.</summary>
    public FrameWindow Window => Running().Window;

    /// <summary>What windows have done.</summary>
    public WindowCounters Counters => _tracker?.Counters ?? default;

    /// <summary>Memory pixels held for the object that has most, the previous frame aside.</summary>
    public int MemoryPixels => _tracker?.Segmenter.MemoryPixels ?? 0;

    /// <summary>Says in the trigger's place which frames are due; see <see cref="VideoSegmenter.Schedule"/>.</summary>
    internal Func<long, bool>? Schedule { get; set; }

    /// <summary>Begins a video: the objects of <paramref name="mask"/>, of the frame's size, go into memory.</summary>
    /// <exception cref="ArgumentException">The mask is empty or has another size than the frame.</exception>
    public void Start(FrameImage frame, IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Width != frame.Width || mask.Height != frame.Height)
        {
            throw new ArgumentException($"The mask is {mask.Width}x{mask.Height}; the frame is {frame.Width}x{frame.Height}.", nameof(mask));
        }

        Reset();
        var whole = _options.Whole(frame.Width, frame.Height);
        var policy = new WindowPolicy(frame.Width, frame.Height, whole, _options.Rules);
        var tracker = new WindowTracker(new VideoSegmenter(_model, _memory) { Schedule = Schedule }, _cutter, policy, _options);
        try
        {
            tracker.Start(frame, mask);
        }
        catch
        {
            tracker.Dispose();
            throw;
        }

        _tracker = tracker;
    }

    /// <summary>Segments the next frame; see <see cref="CopyIds"/> for what was found.</summary>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public StepResult Step(FrameImage frame) => Running().Step(frame);

    /// <summary>Adds the objects of <paramref name="mask"/>, of the frame's size, that are not followed yet, on the frame of the last step or start.</summary>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Add(FrameImage frame, IdMask mask) => Running().Add(frame, mask);

    /// <summary>Takes the last step's frame into memory where it is due; see <see cref="VideoSegmenter.Write"/>.</summary>
    public MemoryWrite? Write() => Running().Segmenter.Write();

    /// <summary>The last step's mask of the whole frame, an id a camera pixel.</summary>
    /// <param name="ids">Receives it.</param>
    public void CopyIds(Span<byte> ids)
    {
        var tracker = Running();
        var window = tracker.Window;
        var part = tracker.Ids.Span;
        ids.Clear();
        for (var y = 0; y < window.Height; y++)
        {
            part.Slice(y * window.Width, window.Width).CopyTo(ids[(((window.Y + y) * window.FrameWidth) + window.X)..]);
        }
    }

    /// <summary>A segmenter of its own that follows one object from here on, with a copy of what memory holds of it.</summary>
    public WindowedSegmenter Fork(byte id) => new(_model, _memory, _options, _cutter) { _tracker = Running().Fork(id) };

    /// <summary>Forgets the video.</summary>
    public void Reset()
    {
        _tracker?.Dispose();
        _tracker = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private WindowTracker Running() => _tracker ?? throw new InvalidOperationException("No video was started: call Start first.");
}
