namespace SwiftNet.Live.Status;

/// <summary>Holds a camera's newest status: a single reference, so that neither writer nor reader ever waits.</summary>
internal sealed class StatusBoard
{
    private volatile PipelineStatus _current = PipelineStatus.Starting;

    /// <summary>The newest status.</summary>
    public PipelineStatus Current => _current;

    /// <summary>Replaces the status; a few times per second is enough.</summary>
    public void Publish(PipelineStatus status) => _current = status;
}
