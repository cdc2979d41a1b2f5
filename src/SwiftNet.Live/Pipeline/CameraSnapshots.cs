namespace SwiftNet.Live.Pipeline;

/// <summary>Holds the tracking state of a camera's segment stage as bytes, for the code that stores it. The stage makes it on its own
/// thread, between two frames, on request.</summary>
/// <param name="resume">What the camera goes on from, of an earlier run; null for the objects of the configuration.</param>
internal sealed class CameraSnapshots(byte[]? resume = null)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<byte[]>? _asked;

    /// <summary>What the camera goes on from.</summary>
    public byte[]? Resume => resume;

    /// <summary>Called when the objects have changed, on the stage's thread: what was kept before is out of date.</summary>
    public Action? Changed { get; set; }

    /// <summary>Whether one is asked for; read after every frame.</summary>
    public bool IsAsked => Volatile.Read(ref _asked) is not null;

    /// <summary>Asks for one, and waits until it is there: after the next frame, or at the end.</summary>
    public Task<byte[]> AskAsync()
    {
        lock (_lock)
        {
            _asked ??= new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _asked.Task;
        }
    }

    /// <summary>The newest one that was made; null before.</summary>
    public byte[]? Newest { get; private set; }

    /// <summary>Takes one over from the stage, on its thread.</summary>
    public void Put(byte[] snapshot)
    {
        lock (_lock)
        {
            Newest = snapshot;
            _asked?.SetResult(snapshot);
            _asked = null;
        }
    }
}
