using System.Diagnostics.Metrics;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Telemetry;

/// <summary>Counts and states of the cameras as instruments, named as the page names them; read from snapshots when somebody asks.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SwiftNet.Live";

    /// <summary>The label that every metric has: the camera's name.</summary>
    public const string Camera = "camera";

    private readonly Meter _meter = new(MeterName);
    private readonly IReadOnlyList<MeasuredCamera> _cameras;

    /// <summary>Creates the instruments.</summary>
    /// <param name="cameras">The cameras of the moment at which it is gone through.</param>
    public ServiceMetrics(IReadOnlyList<MeasuredCamera> cameras)
    {
        _cameras = cameras;
        AddConnection();
        AddFrames();
        AddFormat();
        AddMemory();
        AddBudget();
        AddSinks();
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void AddConnection()
    {
        _meter.CreateObservableGauge(
            "swiftnet.connection.state",
            () => _cameras.SelectMany(c => Enum.GetValues<SourceState>().Select(state => ConnectionStatus.Word(state)).Select(state =>
                new Measurement<double>(c.Status.Connection.State == state ? 1 : 0, c.Label, new KeyValuePair<string, object?>("state", state)))),
            null,
            "1 for the state that the source is in, 0 for the others");
        Count("swiftnet.connection.reconnects", "Times that pictures came again after they had been lost", c => c.Status.Connection.Reconnects);
        Level("swiftnet.connection.failed_tries", "Tries since the last picture that led to none", c => c.Status.Connection.FailedTries);
    }

    private void AddFrames()
    {
        Count("swiftnet.frames.captured", "Frames that left the source", c => c.Ledger.Captured);
        Count("swiftnet.frames.written", "Frames that every sink took", c => c.Ledger.Written);
        Counts("swiftnet.frames.dropped", "Frames that a newer one overtook", "cause", c => Causes(c.Ledger));
        Count("swiftnet.frames.failed", "Frames that a broken stage or sink lost", c => c.Ledger.Failed);
        Level("swiftnet.frames.in_flight", "Frames between capture and their end", c => c.Ledger.Balance);
        Level("swiftnet.frames_per_second", "Frames a second at the output", c => c.Status.FramesPerSecond);
        Level("swiftnet.delivers", "1 while frames come out, else 0", c => c.Status.Delivers ? 1 : 0);
        Counts("swiftnet.shown", "With Output:Align=latest, where the pictures ended that did not wait for their masks", "end", c => Ends(c.Status.Shown));
        Level("swiftnet.mask_behind", "How much older the newest shown picture's mask is than the picture", c => (c.Status.MaskBehindMs ?? 0) / 1000, "s");
        Level("swiftnet.objects", "Objects that are followed", c => c.Status.Objects.Count);
        Level("swiftnet.objects.seen", "Objects that have a pixel in the newest mask", c => c.Status.Objects.Count(o => o.Area > 0));
        Level("swiftnet.start_prompts", "1 while something that is to be followed from the start is not found yet, else 0", c => c.Status.StartPrompts is null ? 0 : 1);
    }

    private void AddFormat()
    {
        _meter.CreateObservableGauge(
            "swiftnet.network.format",
            () => _cameras.Where(c => c.Status.Format is not null).Select(c =>
                new Measurement<double>(1, c.Label, new KeyValuePair<string, object?>("format", c.Status.Format!.Name))),
            null,
            "1 for the number format that the network runs in");
        _meter.CreateObservableGauge(
            "swiftnet.network.format_time",
            () => _cameras.SelectMany(c => (c.Status.Format?.MeasuredMs ?? new Dictionary<string, double>()).Select(timing =>
                new Measurement<double>(timing.Value / 1000, c.Label, new KeyValuePair<string, object?>("format", timing.Key)))),
            "s",
            "What a few of the network's layers took in each number format at start");
    }

    private void AddMemory()
    {
        Level("swiftnet.memory.pixels", "Memory pixels held for the object that has most", c => c.Status.Memory.Pixels);
        Level("swiftnet.memory.capacity", "Memory pixels that an object may have", c => c.Status.Memory.Capacity);
        Counts("swiftnet.memory.writes", "Frames written to memory", "reason", c => c.Run.WriteReasons.All);
    }

    private void AddBudget()
    {
        Level("swiftnet.budget.frame", "What a frame took, averaged over ten", c => c.Run.Budget.AverageMilliseconds / 1000, "s");
        Level("swiftnet.budget.limit", "What a frame may take", c => c.Run.Budget.LimitMilliseconds / 1000, "s");
        Level("swiftnet.budget.level", "Steps below what is configured", c => c.Run.Budget.Level);
        Level("swiftnet.budget.lowest_level", "The lowest level that there is", c => c.Run.Budget.LowestLevel);
        Level("swiftnet.budget.scale", "What the sides of the network's picture are multiplied by", c => c.Run.Budget.Scale);
        Level("swiftnet.budget.capacity_frames", "The memory's capacity in frames", c => c.Run.Budget.CapacityFrames);
        Level("swiftnet.budget.too_slow", "1 while the machine is too slow for the camera, so that frames are left out, else 0", c => c.Run.Budget.TooSlow is null ? 0 : 1);
        Count("swiftnet.budget.downs", "Steps down", c => c.Run.Budget.Downs);
        Count("swiftnet.budget.ups", "Steps up", c => c.Run.Budget.Ups);
        Count("swiftnet.budget.writes_triggered", "Frames found due for a memory write", c => c.Run.Writes.Triggered);
        Count("swiftnet.budget.writes_deferred", "Of these, those that had to wait", c => c.Run.Writes.Deferred);
        Count("swiftnet.budget.writes_forced", "Of these, those that went before a newer frame at last", c => c.Run.Writes.Forced);
        Count("swiftnet.budget.previous_skipped", "Frames that did not become the previous frame, for want of time", c => c.Run.Writes.Skipped);
    }

    private void AddSinks()
    {
        Counts("swiftnet.sinks.taken", "Results that a sink took", "sink", c => c.Sinks.Select(s => (s.Name, s.Taken)));
        Counts("swiftnet.sinks.failed", "Results that a sink could not take", "sink", c => c.Sinks.Select(s => (s.Name, s.Failed)));
        Counts("swiftnet.sinks.dropped", "Results that newer ones pushed out of a sink's own queue", "sink", c => c.Sinks.Select(s => (s.Name, s.Dropped)));
    }

    private static IEnumerable<(string Cause, long Count)> Causes(LedgerSnapshot ledger) =>
        ledger.Causes.Select(cause => (LedgerSnapshot.Words(cause), ledger.DroppedByCause[(int)cause]));

    // Those in flight have not ended.
    private static IEnumerable<(string End, long Count)> Ends(IReadOnlyList<CountStatus> shown) => shown.SkipLast(1).Select(term => (term.Name, term.Count));

    private void Count(string name, string description, Func<MeasuredCamera, long> of) =>
        _meter.CreateObservableCounter(name, () => _cameras.Select(c => new Measurement<long>(of(c), c.Label)), null, description);

    private void Counts(string name, string description, string label, Func<MeasuredCamera, IEnumerable<(string Value, long Count)>> of) =>
        _meter.CreateObservableCounter(
            name, () => _cameras.SelectMany(c => of(c).Select(x => new Measurement<long>(x.Count, c.Label, new KeyValuePair<string, object?>(label, x.Value)))), null, description);

    private void Level(string name, string description, Func<MeasuredCamera, double> of, string? unit = null) =>
        _meter.CreateObservableGauge(name, () => _cameras.Select(c => new Measurement<double>(of(c), c.Label)), unit, description);
}
