using Microsoft.Extensions.Logging;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>
/// (3) Follows the objects: mask first, memory write afterwards, in the slack before the next frame. The video lives and dies on this
/// thread; the network is shared.
/// </summary>
/// <param name="settings">The camera's configuration.</param>
/// <param name="network">The network, and whose turn it is.</param>
/// <param name="time">The clock.</param>
/// <param name="source">The camera or file, whose rate the time budget goes by.</param>
/// <param name="queues">The ways from and to its neighbours.</param>
/// <param name="run">What the stages share.</param>
/// <param name="logger">The stage's log.</param>
/// <param name="control">Where commands come from; null where none are taken.</param>
/// <param name="handover">What it goes on from, and leaves, where the camera starts anew with another configuration.</param>
/// <param name="clip">Where a clip is played live: what is to be followed must be on its first frame.</param>
/// <param name="snapshots">In a fleet: what it goes on from, and where it leaves what it follows.</param>
internal sealed partial class SegmentStage(
    Settings settings,
    SharedNetwork network,
    TimeProvider time,
    IFrameSource source,
    PipelineQueues queues,
    PipelineRun run,
    ILogger<SegmentStage> logger,
    CameraControl? control = null,
    CameraSnapshots? snapshots = null,
    PlainNames? clip = null,
    ObjectHandover? handover = null)
    : Stage("segment", queues.Prepared, queues.Segmented, run)
{
    private readonly StartPrompts _prompts = new(
        ObjectPrompts.Parse(settings.Objects.Mask, settings.Objects.Boxes, settings.Objects.Polygons, settings.Objects.Points),
        queues.DropStale && clip is null, settings.Budget.MaxObjects, network, time, run, logger);

    private readonly LiveBudget _budget = new(settings, queues.DropStale, () => source.FrameRate, run, logger);
    private SwiftNetModel? _model;
    private WindowedSegmenter? _segmenter;
    private MemoryWrites? _writes;
    private LiveObjects? _objects;
    private ObjectStates? _states;
    private ObjectKeeper? _keeper;
    private FrameSize? _camera;
    private Stepped? _stepped;
    private TriggerThresholds? _thresholds;
    private ObjectSnapshots? _snapshots;

    /// <inheritdoc/>
    protected override void Open()
    {
        _model = network.Open();
        _segmenter = new WindowedSegmenter(
            _model,
            settings.Memory with { ReportPixels = settings.Output.ShowWrites },
            settings.Segment.Windows);
        _writes = new MemoryWrites(_segmenter, network, _budget, settings.Memory.PreviousFrame, queues.Prepared, Run);
        if (control is not null)
        {
            _states = new ObjectStates(control.Table, time);
            _objects = new LiveObjects(_model, _segmenter, network, settings, control, Run, time, logger);
            control.Commands.Knock = queues.Prepared.Knock;
            _snapshots = snapshots is null ? null : new ObjectSnapshots(snapshots, _objects, control.Table, logger);
            _snapshots?.Resume();
            _keeper = queues.DropStale && snapshots is null
                ? ObjectKeeper.For(settings.Objects, control, queues.Prepared.Knock, time, logger)
                : null;
            if (handover?.Resumed is null)
            {
                _keeper?.Restore(_objects);
            }
        }

        if (handover?.Resumed is { } resumed)
        {
            Resume(resumed);
        }
    }

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        _stepped = null;
        _keeper?.FrameCame();
        _objects?.Fit(frame);
        if (_prompts.IsOpen && _objects is { Replaced: true })
        {
            _prompts.GiveUp();
        }

        var started = _segmenter!.Started;
        if (started)
        {
            Step(frame);
        }

        if (_prompts.IsOpen && _prompts.Find(frame, Followed()) is { } found)
        {
            Start(frame, found);
        }
        else if (!started && _objects is { Begun: true })
        {
            ShowNothing(frame);
        }

        frame.Planes?.Dispose();
        frame.Planes = null;
        Run.WindowCount = _segmenter.Started ? _segmenter.WindowCount : 0;
        Run.NeedsWholeFrames = !_segmenter.Started || _segmenter.SeesWholeFrame;
        if (control is not null)
        {
            // Before it is handed on: behind this stage its pixels may be hidden.
            control.Keep(frame);
            _states!.See(frame);
        }
    }

    /// <inheritdoc/>
    protected override void AfterFrame()
    {
        if (_stepped is not { } frame)
        {
            return;
        }

        if (!settings.Output.ShowWrites)
        {
            _writes!.After(frame.Number, frame.Due);
        }

        Run.Parts.AddStep(_segmenter!.Times);
        _budget.Count(frame.Preprocess, _segmenter.Times);
        ApplyCapacity();
    }

    /// <inheritdoc/>
    protected override void Between()
    {
        if (_objects is null)
        {
            return;
        }

        control!.Commands.Run(_objects);
        _snapshots?.Look();
        if (_objects.Advance())
        {
            // One step for each frame that waits; while none does, the next step is not waited for either.
            queues.Prepared.Knock();
        }

        _keeper?.Look(_objects);
    }

    /// <inheritdoc/>
    protected override void Complete()
    {
        while ((_keeper is not null || _snapshots is not null || handover is { IsAsked: true }) && _objects?.Advance() == true)
        {
        }

        _keeper?.Store(_objects!);
        _snapshots?.Leave();
        if (handover is { IsAsked: true } && (_segmenter!.Started || _objects is { Begun: true }))
        {
            handover.Leave(
                _objects is null
                    ? Saved(into => _segmenter.Save(into, new Dictionary<string, string>(StringComparer.Ordinal)))
                    : _objects.IsEmpty ? []
                    : Saved(into => _objects.Capture()?.WriteTo(into)));
        }
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        control?.Commands.Close();
        _keeper?.Dispose();
        _objects?.Dispose();
        _segmenter?.Dispose();
    }

    private void Step(Frame frame)
    {
        Follow(frame);
        ApplyThresholds();
        var whole = frame.Planes is { } planes ? new NetworkFrame(planes.Array, frame.NetworkWidth, frame.NetworkHeight) : default;
        StepResult result;
        using (network.Take())
        {
            result = _segmenter!.Step(frame.Image, whole);
        }

        if (result.Due != WriteReason.None)
        {
            Run.Writes.Trigger();
        }

        _stepped = new Stepped(frame.Number, result.Due, frame.PreprocessTime);
        var part = _segmenter.Part;
        var ids = FrameMask.Rent(part.Width * part.Height);
        _segmenter.CopyIds(ids.Array, part);
        Finish(
            frame,
            ids,
            new MaskRegion(part.X, part.Y, part.Width, part.Height, frame.Width, frame.Height),
            [.. result.Objects],
            result.Due);
        _budget.Measure(frame.Mask!);
    }

    // Objects were followed and may be again: meanwhile each frame says that there are none.
    private void ShowNothing(Frame frame)
    {
        _writes!.Forget();
        Finish(frame, FrameMask.Rent(0), new MaskRegion(0, 0, 0, 0, frame.Width, frame.Height), [], WriteReason.None);
    }

    /// <summary>
    /// The frame may be of another size than the one before, where the camera's resolution changes in mid-stream; the budget may be
    /// another.
    /// </summary>
    private void Follow(Frame frame)
    {
        var camera = new FrameSize(frame.Width, frame.Height);
        if (camera != _camera)
        {
            if (_camera is { } before)
            {
                Log.CameraChanged(logger, before, camera);
            }

            _camera = camera;
            _budget.Begin(camera.Width, camera.Height, _segmenter!.Objects.Count);
            ApplyCapacity();
        }

        if (_segmenter!.FrameSize == (frame.Width, frame.Height) && _segmenter.BudgetScale == Run.Budget.Scale)
        {
            return;
        }

        _writes!.Finish();
        using (network.Take())
        {
            _segmenter.Resize(frame.Width, frame.Height);
            _segmenter.ChangeBudget(Run.Budget.Scale);
        }

        ReportNetwork();
    }

    private void ReportNetwork() => Run.Network = Run.Network! with
    {
        Width = _segmenter!.WholeFrame.NetworkWidth,
        Height = _segmenter.WholeFrame.NetworkHeight,
        MemoryPixels = _segmenter.MemoryPixels,
        MemoryCapacity = _segmenter.MemoryCapacity,
    };

    private void ApplyThresholds()
    {
        if (Run.Thresholds is { } changed && changed != _thresholds)
        {
            _thresholds = changed;
            _segmenter!.ChangeThresholds(changed.Frame, changed.Mask, changed.WriteAreaThreshold);
        }
    }

    private void ApplyCapacity()
    {
        if (_segmenter!.CapacityFrames != _budget.Capacity)
        {
            using (network.Take())
            {
                _segmenter.ChangeCapacity(_budget.Capacity);
            }

            ReportNetwork();
        }
    }

    private void Finish(Frame frame, PooledArray<byte> ids, MaskRegion region, ObjectConfidence[] objects, WriteReason reason)
    {
        var age = time.GetElapsedTime(frame.CapturedAt);
        Run.CaptureToMask.Add(age);
        frame.Mask = new FrameMask
        {
            Ids = ids,
            Region = region,
            Windows = settings.Segment.Window == WindowMode.Off || !_segmenter!.Started ? [] : _segmenter.Windows,
            Objects = objects,
            Age = age,
            CapturedAt = frame.CapturedAt,
            Write = reason,
            Written = settings.Output.ShowWrites && _segmenter!.Started ? [.. _writes!.Write(frame.Number)] : [],
            LeavesOut = control?.Table.Current.Objects.Count > objects.Length,
            Looks = control?.Table.Looks ?? ObjectStyles.None,
        };
        queues.Masks?.Put(frame.Mask.Copy());
    }

    /// <summary>What a frame leaves to be done when its mask is on its way.</summary>
    private readonly record struct Stepped(long Number, WriteReason Due, TimeSpan Preprocess);

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "The camera's frames were {Before} and are {Now}; its objects are followed on")]
        public static partial void CameraChanged(ILogger logger, FrameSize before, FrameSize now);
    }
}
