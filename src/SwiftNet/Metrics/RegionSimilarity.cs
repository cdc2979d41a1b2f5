namespace SwiftNet.Metrics;

/// <summary>J, the region similarity of the DAVIS benchmark: intersection over union.</summary>
public static class RegionSimilarity
{
    /// <summary>Measures a result against the truth.</summary>
    /// <param name="truth">Row by row, 0 outside the object, anything else inside.</param>
    /// <param name="result">The same, of the same size.</param>
    /// <returns>0 to 1; 1 where both are empty.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Measure(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> result)
    {
        if (truth.Length != result.Length)
        {
            throw new ArgumentException($"The truth has {truth.Length} pixels, the result {result.Length}.", nameof(result));
        }

        int intersection = 0, union = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            intersection += truth[i] != 0 && result[i] != 0 ? 1 : 0;
            union += (truth[i] | result[i]) != 0 ? 1 : 0;
        }

        return union == 0 ? 1 : (double)intersection / union;
    }
}
