namespace SwiftNet.Live.Pipeline;

/// <summary>The right to capture a camera and to publish its results. In a fleet it expires by monotonic time, so that two nodes never hold
/// it at once.</summary>
/// <param name="epoch">The activation number, greater than all before; 0 without a fleet.</param>
/// <param name="holds">Whether the node's lease is valid. Called for every frame and message.</param>
internal sealed class CameraLease(long epoch, Func<bool> holds)
{
    private bool _revoked;

    /// <summary>A lease that is always valid, for use without a fleet.</summary>
    public static CameraLease Alone { get; } = new(0, static () => true);

    /// <summary>The error of a sink that gets a result after the lease has expired.</summary>
    public const string RanOut = "the lease has expired: the camera may run on another node";

    /// <summary>The activation number.</summary>
    public long Epoch => epoch;

    /// <summary>Whether frames may be captured and results published now.</summary>
    public bool Holds => !Volatile.Read(ref _revoked) && holds();

    /// <summary>Revokes the lease permanently: the camera runs on another node.</summary>
    /// <returns>Whether the lease had not been revoked before.</returns>
    public bool Revoke() => !Interlocked.Exchange(ref _revoked, true);
}
