using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>(3) Follows the objects: mask first, memory write afterwards, in the slack before the next frame. The video lives and dies on this thread; the network is shared.</summary>
internal sealed class SegmentStage(Settings settings, SharedNetwork network, TimeProvider time, PipelineQueues queues, PipelineRun run)
    : Stage("segment", queues.Prepared, queues.Segmented, run)
{
    private readonly ObjectPrompts _prompts =
        ObjectPrompts.Parse(settings.Objects.Mask, settings.Objects.Boxes, settings.Objects.Polygons, settings.Objects.Points);

    private SwiftNetModel? _model;
    private VideoSegmenter? _segmenter;
    private long _number;

    /// <inheritdoc/>
    protected override void Open()
    {
        _model = network.Open();
        _segmenter = new VideoSegmenter(_model, settings.Memory with { ReportPixels = settings.Output.ShowWrites });
    }

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        var picture = new NetworkFrame(frame.Planes!.Array, frame.NetworkWidth, frame.NetworkHeight);
        if (_segmenter!.Started)
        {
            Step(frame, picture);
        }
        else if (!_prompts.IsEmpty)
        {
            Start(frame, picture);
        }

        frame.Planes.Dispose();
        frame.Planes = null;
    }

    /// <inheritdoc/>
    protected override void AfterFrame()
    {
        if (_segmenter!.Started && !settings.Output.ShowWrites)
        {
            Write();
        }
    }

    /// <inheritdoc/>
    protected override void Close() => _segmenter?.Dispose();

    private void Start(Frame frame, NetworkFrame picture)
    {
        var mask = FirstMask.Create(frame.Pixels.Array, frame.Width, frame.Height, _prompts);
        var objects = mask.Ids.Where(id => id > 0).Distinct().Order().Select(id => new ObjectConfidence(id, 1)).ToArray();
        if (objects.Length > settings.Budget.MaxObjects)
        {
            throw new UserErrorException($"The first mask holds {objects.Length} objects; Budget:MaxObjects allows {settings.Budget.MaxObjects}.");
        }

        var ids = PooledArray<byte>.Rent(mask.Ids.Length);
        mask.Ids.CopyTo(ids.Array, 0);
        using (network.Take())
        {
            _segmenter!.Start(picture, mask);
        }

        Run.Network = new NetworkFacts(_model!.Device, _model.Format, frame.NetworkWidth, frame.NetworkHeight)
        {
            MemoryPixels = _segmenter.MemoryPixels,
            MemoryCapacity = (int)(_segmenter.MemoryPixels * settings.Memory.CapacityFrames),
            Writes = 1,
            LastWrite = frame.Number,
            LastReason = WriteReason.First,
        };
        Finish(frame, ids, objects, WriteReason.First);
    }

    private void Step(Frame frame, NetworkFrame picture)
    {
        var ids = PooledArray<byte>.Rent(frame.Width * frame.Height);
        StepResult result;
        using (network.Take())
        {
            result = _segmenter!.Step(picture, ids.Array);
        }

        _number = frame.Number;
        Finish(frame, ids, [.. result.Objects], result.Due);
    }

    private void Finish(Frame frame, PooledArray<byte> ids, ObjectConfidence[] objects, WriteReason reason)
    {
        var age = time.GetElapsedTime(frame.CapturedAt);
        Run.CaptureToMask.Add(age);
        frame.Mask = new FrameMask
        {
            Ids = ids,
            Objects = objects,
            Age = age,
            Write = reason,
            WrittenCells = settings.Output.ShowWrites ? Write()?.Pixels : null,
        };
    }

    private MemoryWrite? Write()
    {
        MemoryWrite? written;
        using (network.Take())
        {
            written = _segmenter!.Write();
        }

        Run.Parts.AddStep(_segmenter.Times);
        if (written is not null)
        {
            Run.Network = Run.Network! with
            {
                MemoryPixels = _segmenter.MemoryPixels,
                Writes = Run.Network.Writes + 1,
                LastWrite = _number,
                LastReason = written.Reason,
            };
        }

        return written;
    }
}
