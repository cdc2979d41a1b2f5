using System.Numerics;

namespace SwiftNet.Live.Pipeline;

/// <summary>Percentiles of one latency over a whole run: a histogram of fixed size, whose buckets are 1.6 % wide, from a microsecond to
/// hours. Any thread may write and read.</summary>
internal sealed class LatencyStatistics
{
    private const int StepsBits = 6;
    private const int Steps = 1 << StepsBits;
    private readonly long[] _buckets = new long[Steps * 32];
    private long _ticks;

    /// <summary>Called with each latency, on the thread that adds it: it must be quick. Set before the first.</summary>
    public Action<TimeSpan>? Added { get; set; }

    /// <summary>All latencies together.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Counts one latency.</summary>
    public void Add(TimeSpan latency)
    {
        Interlocked.Increment(ref _buckets[Bucket((ulong)Math.Max(0, latency.Ticks / TimeSpan.TicksPerMicrosecond))]);
        Interlocked.Add(ref _ticks, latency.Ticks);
        Added?.Invoke(latency);
    }

    /// <summary>The counts of this moment, for a later <see cref="Snapshot"/> of what came since.</summary>
    public long[] Counts()
    {
        var counts = new long[_buckets.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Interlocked.Read(ref _buckets[i]);
        }

        return counts;
    }

    /// <summary>The percentiles of the whole run, or of what came after <paramref name="since"/> was taken.</summary>
    public LatencySnapshot Snapshot(long[]? since = null)
    {
        var counts = Counts();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] -= since is null ? 0 : since[i];
            total += counts[i];
        }

        return new LatencySnapshot(
            total, Percentile(counts, total, 0.50), Percentile(counts, total, 0.95), Percentile(counts, total, 0.99));
    }

    // Up to 64 us a bucket each; above, 64 buckets for every doubling.
    private int Bucket(ulong microseconds)
    {
        if (microseconds < Steps)
        {
            return (int)microseconds;
        }

        var shift = BitOperations.Log2(microseconds) - StepsBits;
        return Math.Min(((shift + 1) << StepsBits) + (int)((microseconds >> shift) - Steps), _buckets.Length - 1);
    }

    private static TimeSpan Percentile(long[] counts, long total, double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(total * share));
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                return Middle(i);
            }
        }

        return TimeSpan.Zero;
    }

    private static TimeSpan Middle(int bucket)
    {
        var shift = Math.Max(0, (bucket >> StepsBits) - 1);
        var low = bucket < Steps ? bucket : (long)(Steps + (bucket & (Steps - 1))) << shift;
        return TimeSpan.FromMicroseconds(low + (((1L << shift) - 1) / 2));
    }
}

/// <summary>Percentiles of one latency.</summary>
/// <param name="Count">Latencies counted.</param>
/// <param name="Median">Half were at most this.</param>
/// <param name="P95">95 % were at most this.</param>
/// <param name="P99">99 % were at most this.</param>
internal sealed record LatencySnapshot(long Count, TimeSpan Median, TimeSpan P95, TimeSpan P99)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Count == 0
            ? "none"
            : $"p50 {Median.TotalMilliseconds:0.0} ms, p95 {P95.TotalMilliseconds:0.0} ms, p99 {P99.TotalMilliseconds:0.0} ms";
}
