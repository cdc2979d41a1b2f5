using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>Upper bound for a network that decides on a coarse grid and upsamples: scores the ground truth, averaged on the grid and
/// upsampled.</summary>
/// <param name="bound">Frames are scaled down to fit into this size, as for the network; null = native size.</param>
/// <param name="stride">Grid spacing in pixels of the scaled frame; the decoder's is 4.</param>
internal sealed class OracleGridScore(Size? bound, int stride)
{
    /// <summary>Scores one sequence.</summary>
    public SequenceOutcome Score(VideoSequence sequence) => SequenceScorer.Each(sequence, (_, truth, ids) => Coarsen(truth, ids));

    private bool Coarsen(IdMask truth, byte[] ids)
    {
        var scale =
            (bound is { } size ? Math.Min(1, Math.Min((double)size.Width / truth.Width, (double)size.Height / truth.Height)) : 1) / stride;
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
