namespace SwiftNet.Live.Zones;

/// <summary>A state with hysteresis: it is on from one threshold on and off below a lower one, and changes when the value stays there for
/// a time, so that a flicker is no change.</summary>
internal struct Latch
{
    private TimeSpan? _since;

    /// <summary>The state.</summary>
    public bool IsOn { get; private set; }

    /// <summary>When the value went where it made the last change.</summary>
    public TimeSpan ChangedAt { get; private set; }

    /// <summary>Whether a change has begun that has not held for long enough yet.</summary>
    public readonly bool IsChanging => _since is not null;

    /// <summary>Sets the state.</summary>
    public void Set(bool isOn, TimeSpan at) => (IsOn, ChangedAt, _since) = (isOn, at, null);

    /// <summary>Takes a value; true when it changes the state.</summary>
    /// <param name="value">The value.</param>
    /// <param name="on">On from here on.</param>
    /// <param name="off">Off below; at most <paramref name="on"/>.</param>
    /// <param name="settle">How long a change must hold.</param>
    /// <param name="now">The time of the value.</param>
    public bool Observe(double value, double on, double off, TimeSpan settle, TimeSpan now)
    {
        if (value >= (IsOn ? off : on) == IsOn)
        {
            _since = null;
            return false;
        }

        _since ??= now;
        if (now - _since < settle)
        {
            return false;
        }

        Set(!IsOn, _since.Value);
        return true;
    }
}
