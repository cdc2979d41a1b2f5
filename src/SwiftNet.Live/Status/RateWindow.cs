namespace SwiftNet.Live.Status;

/// <summary>Rate of a counter over the last few seconds.</summary>
internal sealed class RateWindow(TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(3);
    private readonly Queue<(long At, long Count)> _samples = [];
    private readonly Lock _lock = new();

    /// <summary>Adds a sample and returns the rate per second.</summary>
    public double PerSecond(long count)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _samples.Enqueue((now, count));
            while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > s_window)
            {
                _samples.Dequeue();
            }

            var (at, first) = _samples.Peek();
            var seconds = time.GetElapsedTime(at, now).TotalSeconds;
            return seconds > 0 ? (count - first) / seconds : 0;
        }
    }
}
