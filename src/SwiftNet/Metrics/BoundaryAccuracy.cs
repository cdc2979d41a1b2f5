namespace SwiftNet.Metrics;

/// <summary>F, the boundary accuracy of the DAVIS benchmark: how much of each outline lies near the other one. Holds the buffers of one
/// picture size; not thread-safe.</summary>
public sealed class BoundaryAccuracy
{
    /// <summary>The benchmark's tolerance, as a share of the picture's diagonal.</summary>
    public const double DefaultTolerance = 0.008;

    private readonly int _width;
    private readonly int _radius;
    private readonly byte[] _truth;
    private readonly byte[] _result;
    private readonly byte[] _near;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="height">Rows, in pixels.</param>
    /// <param name="tolerance">How far apart outlines may lie: a share of the diagonal (rounded up to pixels), or from 1 on in
    /// pixels.</param>
    public BoundaryAccuracy(int width, int height, double tolerance = DefaultTolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        _width = width;
        _radius = (int)(
            tolerance >= 1 ? tolerance : Math.Ceiling(tolerance * Math.Sqrt(((double)width * width) + ((double)height * height))));
        _truth = new byte[width * height];
        _result = new byte[width * height];
        _near = new byte[width * height];
    }

    /// <summary>Measures a result against the truth.</summary>
    /// <param name="truth">Row by row, 0 outside the object, anything else inside.</param>
    /// <param name="result">The same.</param>
    /// <returns>0 to 1; 1 where neither has an outline (both empty or both the whole picture, say), 0 where one has none.</returns>
    /// <exception cref="ArgumentException">One of them is not of the size prepared for.</exception>
    public double Measure(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> result)
    {
        if (truth.Length != _truth.Length || result.Length != _truth.Length)
        {
            throw new ArgumentException(
                $"Truth and result must have {_truth.Length} pixels; they have {truth.Length} and {result.Length}.", nameof(truth));
        }

        var truthLength = Boundary.Trace(truth, _width, _truth);
        var resultLength = Boundary.Trace(result, _width, _result);
        if (truthLength == 0 || resultLength == 0)
        {
            return truthLength == resultLength ? 1 : 0;
        }

        var precision = (double)CountNear(_result, _truth) / resultLength;
        var recall = (double)CountNear(_truth, _result) / truthLength;
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private int CountNear(byte[] boundary, byte[] other)
    {
        Boundary.Dilate(other, _width, _radius, _near);
        var count = 0;
        for (var i = 0; i < boundary.Length; i++)
        {
            count += boundary[i] & _near[i];
        }

        return count;
    }
}
