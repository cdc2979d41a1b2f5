namespace SwiftNet.Tracking;

/// <summary>
/// How one side of a picture is scaled: which pixels each new one is made of, and their weights. Down by area, so that nothing
/// flickers; up by a
/// cubic, which keeps edges sharp.
/// </summary>
internal sealed class ResamplingAxis
{
    // The slope that OpenCV takes, too.
    private const double Cubic = -0.75;

    /// <summary>Makes the table.</summary>
    /// <param name="from">Pixels of the side.</param>
    /// <param name="to">Pixels wanted.</param>
    public ResamplingAxis(int from, int to)
    {
        (From, To) = (from, to);
        Taps = from == to ? 1 : to < from ? (from / to) + 2 : 4;
        (First, Weights) = (new int[to], new float[to * Taps]);
        for (var i = 0; i < to; i++)
        {
            var weights = Weights.AsSpan(i * Taps, Taps);
            if (from == to)
            {
                (First[i], weights[0]) = (i, 1);
            }
            else if (to < from)
            {
                FillArea(i, weights);
            }
            else
            {
                FillCubic(i, weights);
            }
        }
    }

    /// <summary>Pixels of the side.</summary>
    public int From { get; }

    /// <summary>Pixels wanted.</summary>
    public int To { get; }

    /// <summary>Pixels that each new one is made of, at most.</summary>
    public int Taps { get; }

    /// <summary>The first of them for each new one; may lie outside, where the pixel at the rim is meant.</summary>
    public int[] First { get; }

    /// <summary>Their weights, <see cref="Taps"/> for each new one, of sum 1.</summary>
    public float[] Weights { get; }

    private void FillArea(int i, Span<float> weights)
    {
        var ratio = (double)From / To;
        var (low, high) = (i * ratio, (i + 1) * ratio);
        First[i] = (int)low;
        for (var tap = 0; tap < Taps; tap++)
        {
            var covered = Math.Min(high, First[i] + tap + 1) - Math.Max(low, First[i] + tap);
            weights[tap] = (float)(Math.Max(0, covered) / ratio);
        }
    }

    private void FillCubic(int i, Span<float> weights)
    {
        var place = ((i + 0.5) * From / To) - 0.5;
        First[i] = (int)Math.Floor(place) - 1;
        for (var tap = 0; tap < Taps; tap++)
        {
            var x = Math.Abs(place - First[i] - tap);
            weights[tap] = (float)(x < 1
                ? ((((Cubic + 2) * x) - (Cubic + 3)) * x * x) + 1
                : x < 2 ? ((((x - 5) * x) + 8) * x * Cubic) - (4 * Cubic) : 0);
        }
    }
}
