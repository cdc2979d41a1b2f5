using SwiftNet.Imaging.Datasets;
using SwiftNet.Imaging.Png;
using SwiftNet.Imaging.Scoring;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>Segments one sequence of a benchmark and scores it: read, segment, score, frame after frame.</summary>
internal sealed class SequenceRun : IDisposable
{
    private readonly BenchmarkSequence _sequence;
    private readonly string? _masks;
    private readonly ImageFolderSource _source;
    private readonly EvaluatedSegmenter _segmenter;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Dictionary<byte, ObjectScores> _objects = [];
    private FrameScorer? _scorer;
    private byte[] _ids = [];
    private int _frames;
    private int _writes;
    private readonly List<StepTime> _steps = [];
    private TimeSpan _spent;

    /// <summary>Opens the sequence.</summary>
    /// <param name="sequence">What to segment.</param>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="settings">Segment:Size and the Memory section count.</param>
    /// <param name="masks">The folder that results are kept in, or null.</param>
    /// <param name="schedule">Says in the trigger's place which frames are written, by their numbers behind the first; or null.</param>
    public SequenceRun(BenchmarkSequence sequence, SwiftNetModel model, Settings settings, string? masks, Func<long, bool>? schedule = null)
    {
        _sequence = sequence;
        _masks = masks is null ? null : Path.Combine(masks, sequence.Name);
        _source = new ImageFolderSource(sequence.Pictures, _time);
        _segmenter = new EvaluatedSegmenter(model, settings, schedule);
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="UserErrorException">A picture or annotation cannot be used, or a result cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">It was to stop before.</exception>
    public SequenceResult Run(CancellationToken cancellation = default)
    {
        while (_source.Read(cancellation) is { } frame)
        {
            using (frame)
            {
                cancellation.ThrowIfCancellationRequested();
                Process(frame);
            }
        }

        if (_objects.Count == 0)
        {
            throw new UserErrorException($"The sequence {_sequence.Name} has no object in its annotations, so there is nothing to follow.");
        }

        return new SequenceResult(
            _sequence.Name, _frames, _writes, _spent, [.. _objects.Values.Where(o => o.Region.Count > 0).OrderBy(o => o.Id)])
        {
            Steps = _steps,
            MemoryPixels = _segmenter.MemoryPixels,
            Windows = _segmenter.Windows,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segmenter.Dispose();
        _source.Dispose();
    }

    private void Process(Frame frame)
    {
        var truth = _sequence.ReadTruth(frame.Name, frame.Width, frame.Height);
        var entering = _sequence.Entering(truth, frame.Name, _objects.Keys);
        if (entering is null && frame.Number == 0 && !_sequence.ObjectsEnterLater)
        {
            throw new UserErrorException($"The first annotation of {_sequence.Name} is empty, so there is nothing to follow.");
        }

        if (_scorer is null)
        {
            _scorer = new FrameScorer(frame.Width, frame.Height);
            _ids = new byte[frame.Width * frame.Height];
        }

        var (start, followed, writes) = (_time.GetTimestamp(), _segmenter.Started, _writes);
        Segment(frame, entering);
        var spent = _time.GetElapsedTime(start);
        _spent += spent;
        if (followed)
        {
            _steps.Add(new StepTime(spent, _writes > writes));
        }

        if (truth is not null && !(_sequence.LastIsUnscored && frame.Number == _source.FrameCount - 1))
        {
            Score(truth, entering is not null);
        }

        foreach (var id in entering?.DistinctIds() ?? [])
        {
            _objects.Add(id, new ObjectScores(id, entering!.Ids.AsSpan().Count(id) / (double)entering.Ids.Length));
        }

        Keep(frame);
    }

    private void Segment(Frame frame, IdMask? entering)
    {
        if (!_segmenter.Started && entering is null)
        {
            return;
        }

        _frames++;
        if (!_segmenter.Started)
        {
            _segmenter.Start(frame, entering!);
            entering!.Ids.CopyTo(_ids, 0);
            return;
        }

        _writes += _segmenter.Step(frame, _ids).Due == WriteReason.None ? 0 : 1;
        if (entering is not null)
        {
            _segmenter.Add(frame, entering);
            for (var i = 0; i < _ids.Length; i++)
            {
                _ids[i] = entering.Ids[i] > 0 ? entering.Ids[i] : _ids[i];
            }
        }

        _segmenter.Write();
    }

    private void Score(IdMask truth, bool anotherEnters)
    {
        var annotated = anotherEnters ? truth.DistinctIds() : [];
        foreach (var scores in _objects.Values)
        {
            // Where an object enters, YouTube-VOS may annotate it alone: one that is not there may only be left out.
            if (!anotherEnters || annotated.Contains(scores.Id))
            {
                _scorer!.Score(truth, _ids, scores);
            }
        }
    }

    private void Keep(Frame frame)
    {
        if (_masks is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(_masks);
            IndexedPng.Write(Path.Combine(_masks, frame.Name + ".png"), frame.Width, frame.Height, _ids);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The result cannot be kept in {_masks}: {e.Message}", e);
        }
    }
}
