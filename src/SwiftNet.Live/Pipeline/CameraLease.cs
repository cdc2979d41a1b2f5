namespace SwiftNet.Live.Pipeline;

/// <summary>The right to capture a camera and to publish what it shows. In a fleet it runs out by itself, by monotonic time, so that two boxes never hold it at once.</summary>
/// <param name="epoch">Which activation of the camera this is: each one's number is above those of all before it; 0 without a fleet.</param>
/// <param name="holds">Whether the box holds its right now. Asked for every frame and message.</param>
internal sealed class CameraLease(long epoch, Func<bool> holds)
{
    private bool _revoked;

    /// <summary>Without a fleet: it always holds.</summary>
    public static CameraLease Alone { get; } = new(0, static () => true);

    /// <summary>What a sink says that is given something when the right has run out.</summary>
    public const string RanOut = "the right to publish has run out: the camera may run on another box";

    /// <summary>The activation's number.</summary>
    public long Epoch => epoch;

    /// <summary>Whether frames may be captured and results may leave now.</summary>
    public bool Holds => !Volatile.Read(ref _revoked) && holds();

    /// <summary>Ends it for good: the camera runs elsewhere.</summary>
    /// <returns>Whether that was news.</returns>
    public bool Revoke() => !Interlocked.Exchange(ref _revoked, true);
}
