using SwiftNet.Metrics;

namespace SwiftNet.Imaging.Scoring;

/// <summary>Scores objects of one picture size; holds the buffers.</summary>
internal sealed class FrameScorer(int width, int height)
{
    private readonly BoundaryAccuracy _boundary = new(width, height);
    private readonly byte[] _truth = new byte[width * height];
    private readonly byte[] _result = new byte[width * height];

    /// <summary>Adds the frame's J and F to an object's.</summary>
    public void Score(IdMask truth, byte[] result, ObjectScores scores)
    {
        Pick(truth.Ids, scores.Id, _truth);
        Pick(result, scores.Id, _result);
        scores.Region.Add(RegionSimilarity.Measure(_truth, _result));
        scores.Boundary.Add(_boundary.Measure(_truth, _result));
    }

    private static void Pick(byte[] ids, byte id, byte[] mask)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            mask[i] = ids[i] == id ? (byte)1 : (byte)0;
        }
    }
}
