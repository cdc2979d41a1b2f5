using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>The most that a network could come to that decides on a grid and up-samples what it decided: the truth itself, averaged on the grid and up-sampled.</summary>
/// <param name="bound">Frames are scaled to fit inside, as the network's are; null leaves them as they are.</param>
/// <param name="stride">The grid's step in pixels of the scaled frame; the decoder's is 4.</param>
internal sealed class OracleGridScore(Size? bound, int stride)
{
    /// <summary>Scores one sequence.</summary>
    public SequenceOutcome Score(VideoSequence sequence) => SequenceScorer.Each(sequence, (_, truth, ids) => Coarsen(truth, ids));

    private bool Coarsen(IdMask truth, byte[] ids)
    {
        var scale = (bound is { } size ? Math.Min(1, Math.Min((double)size.Width / truth.Width, (double)size.Height / truth.Height)) : 1) / stride;
        var grid = new Size(Math.Max(1, Math.Round(truth.Width * scale)), Math.Max(1, Math.Round(truth.Height * scale)));
        using var labels = Mat.FromPixelData(truth.Height, truth.Width, MatType.CV_8UC1, truth.Ids);
        using var best = new Mat(labels.Size(), MatType.CV_32FC1, Scalar.All(0.5));
        using var found = new Mat(labels.Size(), MatType.CV_8UC1, Scalar.Black);
        using var share = new Mat();
        using var own = new Mat();
        foreach (var id in truth.DistinctIds())
        {
            Cv2.Compare(labels, Scalar.All(id), own, CmpTypes.EQ);
            own.ConvertTo(share, MatType.CV_32FC1, 1 / 255.0);
            Cv2.Resize(share, share, grid, 0, 0, InterpolationFlags.Area);
            Cv2.Resize(share, share, labels.Size(), 0, 0, InterpolationFlags.Linear);
            Cv2.Compare(share, best, own, CmpTypes.GT);
            found.SetTo(Scalar.All(id), own);
            Cv2.Max(share, best, best);
        }

        found.GetArray(out byte[] pixels);
        pixels.CopyTo(ids, 0);
        return true;
    }
}
