using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Preprocess;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>What an evaluation segments with: windows that follow, or the whole frame, as Segment:Window says.</summary>
internal sealed class EvaluatedSegmenter : IDisposable
{
    private readonly PlaneMaker _planes;
    private readonly VideoSegmenter? _whole;
    private readonly WindowedSegmenter? _windowed;

    /// <summary>Creates it.</summary>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="settings">Segment:Window, Segment:Size and the Memory section count.</param>
    /// <param name="schedule">Says in the trigger's place which frames are written, by their numbers behind the first; or null.</param>
    public EvaluatedSegmenter(SwiftNetModel model, Settings settings, Func<long, bool>? schedule = null)
    {
        _planes = new PlaneMaker(settings.Segment.Size);
        if (settings.Segment.Windows is { Enabled: true } windows)
        {
            _windowed = new WindowedSegmenter(model, settings.Memory, windows) { Schedule = schedule };
        }
        else
        {
            _whole = new VideoSegmenter(model, settings.Memory) { Schedule = schedule };
        }
    }

    private EvaluatedSegmenter(EvaluatedSegmenter other, byte id, FrameSize bound)
    {
        _planes = new PlaneMaker(bound);
        (_whole, _windowed) = (other._whole?.Fork(id), other._windowed?.Fork(id));
    }

    /// <summary>Whether objects were given.</summary>
    public bool Started => _windowed?.Started ?? _whole!.Started;

    /// <summary>Memory pixels of the object that has most.</summary>
    public int MemoryPixels => _windowed?.MemoryPixels ?? _whole!.MemoryPixels;

    /// <summary>What the windows did; null where there are none.</summary>
    public WindowCounters? Windows => _windowed?.Counters;

    /// <summary>Begins with the objects of a mask of the frame's size.</summary>
    public void Start(Frame frame, IdMask mask)
    {
        if (_windowed is not null)
        {
            _windowed.Start(Image(frame), mask);
            return;
        }

        _whole!.Start(Picture(frame), mask);
    }

    /// <summary>Segments the next frame.</summary>
    public StepResult Step(Frame frame, byte[] ids)
    {
        if (_windowed is null)
        {
            return _whole!.Step(Picture(frame), ids);
        }

        var result = _windowed.Step(Image(frame));
        _windowed.CopyIds(ids);
        return result;
    }

    /// <summary>Adds the objects of a mask on the frame of the last step.</summary>
    public void Add(Frame frame, IdMask mask)
    {
        _windowed?.Add(Image(frame), mask);
        _whole?.Add(mask);
    }

    /// <summary>Takes the frame into memory where it is due.</summary>
    public void Write()
    {
        _windowed?.Write();
        _whole?.Write();
    }

    /// <summary>The same from here on for one object.</summary>
    public EvaluatedSegmenter Fork(byte id, FrameSize bound) => new(this, id, bound);

    /// <inheritdoc/>
    public void Dispose()
    {
        _windowed?.Dispose();
        _whole?.Dispose();
        _planes.Dispose();
    }

    private static FrameImage Image(Frame frame) => new(frame.Pixels.Array, frame.Width, frame.Height);

    private NetworkFrame Picture(Frame frame)
    {
        frame.Planes?.Dispose();
        _planes.Fill(frame);
        return new NetworkFrame(frame.Planes!.Array, frame.NetworkWidth, frame.NetworkHeight);
    }
}
