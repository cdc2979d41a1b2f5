using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Metrics;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>What one clip came to.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="FoundAfter">Pictures from the object's return until it was found again; null where it was not within a second.</param>
/// <param name="FalselyFoundAfter">On the tail, where it does not return: pictures from its leave until something was recovered, or, a
/// second after it or later, was followed; null where nothing was.</param>
internal sealed record AbsenceResult(AbsenceClip Clip, int? FoundAfter, int? FalselyFoundAfter);

/// <summary>Runs one clip to the object's return, and from there twice: with the object back, and, as the clip's tail, still without
/// it.</summary>
internal sealed class AbsenceRun(AbsenceClip clip, BenchmarkSequence sequence, SwiftNetModel model, Settings settings)
{
    /// <summary>Pictures within which an object has to be found: a second.</summary>
    public const int Within = 24;

    private const double FoundFrom = 0.5;

    private byte[] _ids = [];

    /// <summary>Runs it.</summary>
    /// <exception cref="UserErrorException">The sequence is shorter than the clip, or there is no object on its first picture.</exception>
    public AbsenceResult Run()
    {
        using var source = new ImageFolderSource(sequence.Pictures, TimeProvider.System);
        using var segmenter = new EvaluatedSegmenter(model, settings);
        EvaluatedSegmenter? tail = null;
        (int? found, int? falsely) = (null, null);
        try
        {
            for (var number = 0; number < clip.End; number++)
            {
                using var frame = source.Read(CancellationToken.None)
                    ?? throw new UserErrorException($"The sequence {clip.Sequence} has {number} pictures; its clip ends at {clip.End}.");
                if (number < clip.First)
                {
                    continue;
                }

                var truth = sequence.ReadTruth(frame.Name, frame.Width, frame.Height)!;
                if (number == clip.First)
                {
                    Start(segmenter, frame, truth);
                    continue;
                }

                if (number == clip.Return)
                {
                    tail = segmenter.Fork(1, settings.Segment.Size);
                }

                if (number < clip.Leave)
                {
                    Step(segmenter, frame);
                }
                else if (number >= clip.Return)
                {
                    var back = Step(segmenter, frame);
                    found ??= number < clip.Return + Within && IsFollowed(back) && RegionSimilarity.Measure(truth.Ids, _ids) >= FoundFrom
                        ? number - clip.Return
                        : null;
                }

                if (number >= clip.Leave)
                {
                    ObjectEraser.Erase(frame.Pixels.Array, truth);
                    var gone = Step(tail ?? segmenter, frame);
                    falsely ??= gone.State == ObjectState.Recovered || (number >= clip.Leave + Within && IsFollowed(gone))
                        ? number - clip.Leave
                        : null;
                }
            }
        }
        finally
        {
            tail?.Dispose();
        }

        return new AbsenceResult(clip, found, falsely);
    }

    private static bool IsFollowed(ObjectConfidence one) => one.State is ObjectState.Tracking or ObjectState.Recovered;

    private void Start(EvaluatedSegmenter segmenter, Frame frame, IdMask truth)
    {
        _ids = new byte[frame.Width * frame.Height];
        segmenter.Start(
            frame,
            truth.DistinctIds().Length > 0
                ? truth
                : throw new UserErrorException($"On picture {clip.First} of {clip.Sequence} there is no object."));
    }

    private ObjectConfidence Step(EvaluatedSegmenter segmenter, Frame frame)
    {
        var found = segmenter.Step(frame, _ids).Objects[0];
        segmenter.Write();
        return found;
    }
}
