namespace SwiftNet.Live.Options;

/// <summary>The whole configuration: one section a stage, with every default.</summary>
internal sealed record Settings
{
    /// <summary>Where the pictures come from.</summary>
    public CaptureOptions Capture { get; init; } = new();

    /// <summary>How they are brought to network size.</summary>
    public PreprocessOptions Preprocess { get; init; } = new();

    /// <summary>The network and what it runs on.</summary>
    public SegmentOptions Segment { get; init; } = new();

    /// <summary>What the network remembers.</summary>
    public MemoryOptions Memory { get; init; } = new();

    /// <summary>The objects to follow.</summary>
    public ObjectsOptions Objects { get; init; } = new();

    /// <summary>How much a run may take.</summary>
    public BudgetOptions Budget { get; init; } = new();

    /// <summary>Where the results go.</summary>
    public OutputOptions Output { get; init; } = new();

    /// <summary>The status page.</summary>
    public WebOptions Web { get; init; } = new();

    /// <summary>The fleet that this box belongs to.</summary>
    public FleetOptions Fleet { get; init; } = new();

    /// <summary>Metrics beside those of the page's server.</summary>
    public MetricsOptions Metrics { get; init; } = new();
}
