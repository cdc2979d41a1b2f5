namespace SwiftNet.Live.Segment;

/// <summary>The objects of a camera that starts anew with another configuration: taken from the pipeline that ends, and given to the one
/// that follows.</summary>
/// <param name="resumed">What the pipeline goes on from: a snapshot, nothing in it where the user has removed all objects, null for the
/// objects of the configuration.</param>
internal sealed class ObjectHandover(byte[]? resumed = null)
{
    private volatile byte[]? _left;
    private volatile bool _isAsked;

    /// <summary>What the pipeline goes on from.</summary>
    public byte[]? Resumed => resumed;

    /// <summary>Whether the pipeline is to leave its objects when it ends.</summary>
    public bool IsAsked => _isAsked;

    /// <summary>What it has left, likewise.</summary>
    public byte[]? Left => _left;

    /// <summary>Asks for its objects, before it is stopped.</summary>
    public void Ask() => _isAsked = true;

    /// <summary>Leaves them, on the segment thread.</summary>
    public void Leave(byte[] snapshot) => _left = snapshot;
}
