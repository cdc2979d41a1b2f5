namespace SwiftNet.Live.Options;

/// <summary>The complete configuration with all defaults: one section per stage.</summary>
internal sealed record Settings
{
    /// <summary>The video source.</summary>
    public CaptureOptions Capture { get; init; } = new();

    /// <summary>Scaling to the network's input.</summary>
    public PreprocessOptions Preprocess { get; init; } = new();

    /// <summary>The network and its device.</summary>
    public SegmentOptions Segment { get; init; } = new();

    /// <summary>The network's memory.</summary>
    public MemoryOptions Memory { get; init; } = new();

    /// <summary>The objects to track.</summary>
    public ObjectsOptions Objects { get; init; } = new();

    /// <summary>Zones and lines in the picture.</summary>
    public ZonesOptions Zones { get; init; } = new();

    /// <summary>Limits on time, objects and queues.</summary>
    public BudgetOptions Budget { get; init; } = new();

    /// <summary>The outputs.</summary>
    public OutputOptions Output { get; init; } = new();

    /// <summary>The status page.</summary>
    public WebOptions Web { get; init; } = new();

    /// <summary>The fleet that this node belongs to.</summary>
    public FleetOptions Fleet { get; init; } = new();

    /// <summary>Export of metrics.</summary>
    public MetricsOptions Metrics { get; init; } = new();
}
