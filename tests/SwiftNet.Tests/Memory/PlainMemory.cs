namespace SwiftNet.Tests.Memory;

/// <summary>Match and choice as plain loops in double precision; pixels are rows of numbers.</summary>
internal static class PlainMemory
{
    /// <summary>Each query's mean of the values, weighted by the softmax over memory of the dot products.</summary>
    public static double[][] Read(float[][] keys, float[][] values, float[][] query) => Array.ConvertAll(query, pixel =>
    {
        var affinity = Array.ConvertAll(keys, key => Dot(key, pixel));
        var largest = affinity.Max();
        var weights = Array.ConvertAll(affinity, a => Math.Exp(a - largest));
        var sum = weights.Sum();
        var read = new double[values[0].Length];
        for (var k = 0; k < keys.Length; k++)
        {
            for (var c = 0; c < read.Length; c++)
            {
                read[c] += weights[k] / sum * values[k][c];
            }
        }

        return read;
    });

    /// <summary>The <paramref name="count"/> pixels whose largest cosine similarity to any memory pixel is least, in raster order; of equal
    /// ones the later.</summary>
    public static long[] Choose(float[][] memory, float[][] frame, int count)
    {
        var similarity = Array.ConvertAll(frame, pixel => memory.Max(stored => Cosine(stored, pixel)));
        return
        [
            .. Enumerable.Range(0, frame.Length)
                .OrderBy(i => similarity[i])
                .ThenByDescending(i => i)
                .Take(count)
                .Order()
                .Select(i => (long)i),
        ];
    }

    private static double Cosine(float[] a, float[] b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));

    private static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
