namespace SwiftNet.Live.Pipeline;

/// <summary>How long each part of the work on a frame takes, in the frame's order.</summary>
internal sealed class PartLatencies
{
    /// <summary>Scaling and colours.</summary>
    public LatencyStatistics Preprocess { get; } = new();

    /// <summary>The network's encoder.</summary>
    public LatencyStatistics Encode { get; } = new();

    /// <summary>The memory read.</summary>
    public LatencyStatistics Match { get; } = new();

    /// <summary>From there to probabilities.</summary>
    public LatencyStatistics Decode { get; } = new();

    /// <summary>Labels at the frame's own size, on the host.</summary>
    public LatencyStatistics Fetch { get; } = new();

    /// <summary>The memory write, in the slack.</summary>
    public LatencyStatistics Write { get; } = new();

    /// <summary>Drawing and sinks.</summary>
    public LatencyStatistics Output { get; } = new();

    /// <summary>All of them with their names.</summary>
    public IEnumerable<(string Name, LatencyStatistics Latency)> All =>
    [
        ("preprocess", Preprocess), ("encode", Encode), ("match", Match), ("decode", Decode), ("fetch", Fetch), ("write", Write),
        ("output", Output),
    ];

    /// <summary>What the device has worked for this camera so far.</summary>
    public TimeSpan DeviceTime => Encode.Total + Match.Total + Decode.Total + Fetch.Total + Write.Total;

    /// <summary>Counts one step of the network, and the write after it where there was one.</summary>
    public void AddStep(PartTimes times)
    {
        Encode.Add(times.Encode);
        Match.Add(times.Match);
        Decode.Add(times.Decode);
        Fetch.Add(times.Fetch);
        if (times.Write > TimeSpan.Zero)
        {
            Write.Add(times.Write);
        }
    }
}
