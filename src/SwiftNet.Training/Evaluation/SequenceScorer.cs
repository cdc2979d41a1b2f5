using OpenCvSharp;
using SwiftNet.Imaging.Scoring;
using SwiftNet.Tracking;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>Segments a sequence and scores each object by DAVIS's rules: the first and the last frame do not count.</summary>
/// <param name="model">The network; owned by the caller.</param>
/// <param name="options">The memory options.</param>
/// <param name="bound">Frames are scaled down to fit into this size; null = native size.</param>
/// <param name="windows">Whether windows follow the objects, with as many network pixels as the bound has.</param>
internal sealed class SequenceScorer(SwiftNetModel model, MemoryOptions options, Size? bound, bool windows = false)
{
    private const int Apart = 5;
    private float[] _planes = [];

    /// <summary>Scores one sequence.</summary>
    /// <returns>Scores of the first frame's objects.</returns>
    public SequenceOutcome Score(VideoSequence sequence) => windows ? ScoreWindows(sequence) : ScoreWhole(sequence);

    private SequenceOutcome ScoreWhole(VideoSequence sequence)
    {
        using var segmenter = new VideoSegmenter(model, options);
        segmenter.Start(Frame(sequence, 0), Truth(sequence, 0));
        return Each(sequence, (t, _, ids) =>
        {
            segmenter.Step(Frame(sequence, t), ids);
            segmenter.Write();
            return true;
        });
    }

    private SequenceOutcome ScoreWindows(VideoSequence sequence)
    {
        using var segmenter = new WindowedSegmenter(
            model, options, new WindowOptions { Width = bound?.Width ?? 0, Height = bound?.Height ?? 0 });
        using (var first = sequence.Decode(0))
        {
            segmenter.Start(Image(first), Truth(sequence, 0));
        }

        var outcome = Each(sequence, (t, _, ids) =>
        {
            using var picture = sequence.Decode(t);
            segmenter.Step(Image(picture));
            segmenter.CopyIds(ids);
            segmenter.Write();
            return true;
        });
        return outcome with { Windows = segmenter.Counters };
    }

    private static unsafe FrameImage Image(Mat picture) =>
        new(new ReadOnlySpan<byte>((void*)picture.Data, 3 * picture.Width * picture.Height), picture.Width, picture.Height);

    /// <summary>Scores every fifth frame on its own, with the ground truth of a recent frame as reference: measures mask quality without
    /// accumulated drift.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="before">How many frames before the scored frame the reference is; 0 = the frame itself.</param>
    /// <returns>Scores of the first frame's objects.</returns>
    public SequenceOutcome ScoreAlone(VideoSequence sequence, int before) => Each(sequence, (t, _, ids) =>
    {
        if (t % Apart != 0 || t < before)
        {
            return false;
        }

        var reference = Truth(sequence, t - before);
        if (reference.DistinctIds().Length == 0)
        {
            return false;
        }

        using var segmenter = new VideoSegmenter(model, options);
        segmenter.Start(Frame(sequence, t - before), reference);
        segmenter.Step(Frame(sequence, t), ids);
        return true;
    });

    /// <summary>Scores masks of frames 1 to T − 2, where T is the sequence's length.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="segment">Receives frame index, ground truth and the ids to fill in; returns whether the frame counts.</param>
    public static SequenceOutcome Each(VideoSequence sequence, Func<int, IdMask, byte[], bool> segment)
    {
        var first = Truth(sequence, 0);
        double area = first.Width * first.Height;
        var objects = first.DistinctIds().Select(id => new ObjectScores(id, first.Ids.Count(one => one == id) / area)).ToList();
        var scorer = new FrameScorer(first.Width, first.Height);
        var ids = new byte[first.Width * first.Height];
        for (var t = 1; t < sequence.Length - 1; t++)
        {
            var truth = Truth(sequence, t);
            if (!segment(t, truth, ids))
            {
                continue;
            }

            foreach (var one in objects)
            {
                scorer.Score(truth, ids, one);
            }
        }

        return new SequenceOutcome(sequence.Name, objects);
    }

    private static IdMask Truth(VideoSequence sequence, int frame)
    {
        using var mask = sequence.DecodeMask(frame);
        mask.GetArray(out byte[] ids);
        return new IdMask(mask.Width, mask.Height, ids);
    }

    private NetworkFrame Frame(VideoSequence sequence, int frame)
    {
        using var picture = Fit(sequence.Decode(frame));
        Planes(picture, ref _planes);
        return new NetworkFrame(_planes, picture.Width, picture.Height);
    }

    private Mat Fit(Mat picture)
    {
        var scale = bound is { } size ? Math.Min((double)size.Width / picture.Width, (double)size.Height / picture.Height) : 1;
        if (scale < 1)
        {
            Cv2.Resize(
                picture,
                picture,
                new Size(Math.Round(picture.Width * scale), Math.Round(picture.Height * scale)),
                0,
                0,
                InterpolationFlags.Area);
        }

        return picture;
    }

    private static unsafe void Planes(Mat picture, ref float[] planes)
    {
        var pixels = picture.Width * picture.Height;
        planes = planes.Length == 3 * pixels ? planes : new float[3 * pixels];
        var bytes = new ReadOnlySpan<byte>((void*)picture.Data, 3 * pixels);
        for (var i = 0; i < pixels; i++)
        {
            // OpenCV stores B, G, R.
            (planes[i], planes[pixels + i], planes[(2 * pixels) + i]) =
                (bytes[(3 * i) + 2] / 255f, bytes[(3 * i) + 1] / 255f, bytes[3 * i] / 255f);
        }
    }
}
