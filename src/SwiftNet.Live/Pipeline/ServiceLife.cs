using Microsoft.Extensions.Hosting;

namespace SwiftNet.Live.Pipeline;

/// <summary>The life of the whole service, as the runs of its cameras see it.</summary>
/// <param name="lifetime">The host's.</param>
/// <param name="cameras">How many cameras run at first.</param>
internal sealed class ServiceLife(IHostApplicationLifetime lifetime, int cameras)
{
    private int _running = cameras;

    /// <summary>Signalled when every stage of every camera has been opened: no frame is captured before.</summary>
    public CancellationToken Started => lifetime.ApplicationStarted;

    /// <summary>Signalled when capture is asked to stop.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>A stage broke: the whole service stops.</summary>
    public void Fail() => lifetime.StopApplication();

    /// <summary>So many more cameras are to run.</summary>
    public void CamerasAdded(int count) => Interlocked.Add(ref _running, count);

    /// <summary>One camera's source has ended and everything is written; with the last one the service stops.</summary>
    public void CameraEnded()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            lifetime.StopApplication();
        }
    }
}
