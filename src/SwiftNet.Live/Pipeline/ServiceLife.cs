using Microsoft.Extensions.Hosting;

namespace SwiftNet.Live.Pipeline;

/// <summary>The life of the whole service, as the runs of its cameras see it.</summary>
/// <param name="stop">Ends it.</param>
/// <param name="cameras">How many cameras run at first.</param>
/// <param name="started">Signalled when the service has started.</param>
/// <param name="stopping">Signalled when it is asked to stop.</param>
internal sealed class ServiceLife(Action stop, int cameras, CancellationToken started, CancellationToken stopping)
{
    private int _running = cameras;

    /// <summary>The host's life.</summary>
    /// <param name="lifetime">The host's.</param>
    /// <param name="cameras">How many cameras run at first.</param>
    public ServiceLife(IHostApplicationLifetime lifetime, int cameras)
        : this(lifetime.StopApplication, cameras, lifetime.ApplicationStarted, lifetime.ApplicationStopping)
    {
    }

    /// <summary>Signalled when every stage of every camera has been opened: no frame is captured before.</summary>
    public CancellationToken Started => started;

    /// <summary>Signalled when capture is asked to stop.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>What ended the service besides a stage; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>A stage broke: the whole service stops.</summary>
    public void Fail() => stop();

    /// <summary>Something besides the stages ends the whole service.</summary>
    public void Fail(Exception failure)
    {
        Failure ??= failure;
        stop();
    }

    /// <summary>So many more cameras are to run.</summary>
    public void CamerasAdded(int count) => Interlocked.Add(ref _running, count);

    /// <summary>One camera's source has ended and everything is written; with the last one the service stops.</summary>
    public void CameraEnded()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            stop();
        }
    }
}
