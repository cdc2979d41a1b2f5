namespace SwiftNet.Live.Web;

/// <summary>Where the pipeline pins its newest status and the page reads it: one reference, so neither ever waits for the other.</summary>
internal sealed class StatusBoard
{
    private volatile PipelineStatus _current = PipelineStatus.Starting;

    /// <summary>The newest status.</summary>
    public PipelineStatus Current => _current;

    /// <summary>Takes the old status down and pins this one. A few times a second is enough.</summary>
    public void Publish(PipelineStatus status) => _current = status;
}
