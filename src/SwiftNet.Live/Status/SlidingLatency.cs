using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Status;

/// <summary>Latency percentiles over the last ten to twenty seconds.</summary>
internal sealed class SlidingLatency(LatencyStatistics latency, TimeProvider time)
{
    private static readonly TimeSpan s_half = TimeSpan.FromSeconds(10);
    private long[]? _older;
    private long[]? _newer;
    private long _turnedAt = time.GetTimestamp();

    /// <summary>The current percentiles and the newest latency.</summary>
    public AgeStatus Status(double last)
    {
        if (time.GetElapsedTime(_turnedAt) >= s_half)
        {
            (_older, _newer, _turnedAt) = (_newer, latency.Counts(), time.GetTimestamp());
        }

        var ages = latency.Snapshot(_older);
        return new AgeStatus(last, ages.Median.TotalMilliseconds, ages.P95.TotalMilliseconds, ages.P99.TotalMilliseconds);
    }
}
