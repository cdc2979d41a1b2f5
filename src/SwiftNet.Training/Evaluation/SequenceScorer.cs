using OpenCvSharp;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>Segments a sequence as the service does and scores each object as DAVIS does: neither the first nor the last frame counts.</summary>
/// <param name="model">The network; it stays the caller's.</param>
/// <param name="options">How memory is used.</param>
/// <param name="bound">Frames are scaled to fit inside; null leaves them as they are.</param>
internal sealed class SequenceScorer(SwiftNetModel model, MemoryOptions options, Size? bound)
{
    /// <summary>Scores one sequence.</summary>
    /// <returns>What the objects of its first frame came to.</returns>
    public SequenceOutcome Score(VideoSequence sequence)
    {
        using var segmenter = new VideoSegmenter(model, options);
        float[] planes = [];
        NetworkFrame Frame(int t)
        {
            using var picture = Fit(sequence.Decode(t));
            Planes(picture, ref planes);
            return new NetworkFrame(planes, picture.Width, picture.Height);
        }

        segmenter.Start(Frame(0), Truth(sequence, 0));
        return Each(sequence, (t, _, ids) =>
        {
            segmenter.Step(Frame(t), ids);
            segmenter.Write();
        });
    }

    /// <summary>Scores masks of frames 1 to T − 2, where T is the sequence's length.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="segment">Is given each frame's number and truth, and fills in its ids.</param>
    public static SequenceOutcome Each(VideoSequence sequence, Action<int, IdMask, byte[]> segment)
    {
        var first = Truth(sequence, 0);
        var objects = first.DistinctIds().Select(id => new ObjectScores(id)).ToList();
        var scorer = new FrameScorer(first.Width, first.Height);
        var ids = new byte[first.Width * first.Height];
        for (var t = 1; t < sequence.Length - 1; t++)
        {
            var truth = Truth(sequence, t);
            segment(t, truth, ids);
            foreach (var one in objects)
            {
                scorer.Score(truth, ids, one);
            }
        }

        double area = first.Width * first.Height;
        return new SequenceOutcome(sequence.Name, objects, objects.ConvertAll(o => first.Ids.Count(id => id == o.Id) / area));
    }

    private static IdMask Truth(VideoSequence sequence, int frame)
    {
        using var mask = sequence.DecodeMask(frame);
        mask.GetArray(out byte[] ids);
        return new IdMask(mask.Width, mask.Height, ids);
    }

    private Mat Fit(Mat picture)
    {
        var scale = bound is { } size ? Math.Min((double)size.Width / picture.Width, (double)size.Height / picture.Height) : 1;
        if (scale < 1)
        {
            Cv2.Resize(picture, picture, new Size(Math.Round(picture.Width * scale), Math.Round(picture.Height * scale)), 0, 0, InterpolationFlags.Area);
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
            // OpenCV's order is B, G, R.
            (planes[i], planes[pixels + i], planes[(2 * pixels) + i]) = (bytes[(3 * i) + 2] / 255f, bytes[(3 * i) + 1] / 255f, bytes[3 * i] / 255f);
        }
    }
}
