namespace SwiftNet.Live.Pipeline;

/// <summary>How long to wait before the next try: twice as long each time up to a bound, of which at random a half up to the whole, so that
/// many do not come back at once.</summary>
/// <param name="first">The first wait.</param>
/// <param name="most">The longest wait.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan most)
{
    private int _tries;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var whole = first * Math.Pow(2, _tries);
        if (whole < most)
        {
            _tries++;
        }
        else
        {
            whole = most;
        }

        return whole * (0.5 + (0.5 * Random.Shared.NextDouble()));
    }

    /// <summary>It went well: the next wait is the first one again.</summary>
    public void Reset() => _tries = 0;
}
