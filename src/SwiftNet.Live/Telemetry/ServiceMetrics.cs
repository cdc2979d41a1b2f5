using System.Diagnostics.Metrics;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Telemetry;

/// <summary>Counters and gauges of the cameras, read from status snapshots at collection; names match the status page.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SwiftNet.Live";

    /// <summary>The label of every metric: the camera's name.</summary>
    public const string Camera = "camera";

    private readonly Meter _meter = new(MeterName);
    private readonly IReadOnlyList<MeasuredCamera> _cameras;

    /// <summary>Creates the instruments.</summary>
    /// <param name="cameras">Enumerates the current cameras.</param>
    public ServiceMetrics(IReadOnlyList<MeasuredCamera> cameras)
    {
        _cameras = cameras;
        AddConnection();
        AddFrames();
        AddZones();
        AddClips();
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
                new Measurement<double>(
                    c.Status.Connection.State == state ? 1 : 0, c.Label, new KeyValuePair<string, object?>("state", state)))),
            null,
            "1 for the current connection state, 0 for the others");
        Count("swiftnet.connection.reconnects", "Number of reconnections after a loss", c => c.Status.Connection.Reconnects);
        Level(
            "swiftnet.connection.failed_tries", "Failed connection attempts since the last picture", c => c.Status.Connection.FailedTries);
    }

    private void AddFrames()
    {
        Count("swiftnet.frames.captured", "Frames read from the source", c => c.Ledger.Captured);
        Count("swiftnet.frames.written", "Frames delivered to every sink", c => c.Ledger.Written);
        Counts("swiftnet.frames.dropped", "Frames dropped in favour of a newer one, by cause", "cause", c => Causes(c.Ledger));
        Count("swiftnet.frames.failed", "Frames lost by a failed stage or sink", c => c.Ledger.Failed);
        Level("swiftnet.frames.in_flight", "Frames in the pipeline", c => c.Ledger.Balance);
        Level("swiftnet.frames_per_second", "Frames per second at the output", c => c.Status.FramesPerSecond);
        Level("swiftnet.delivers", "1 while frames are delivered, else 0", c => c.Status.Delivers ? 1 : 0);
        Counts("swiftnet.shown", "Preview pictures by outcome, with Output:Align=latest", "end", c => Ends(c.Status.Shown));
        Level(
            "swiftnet.mask_behind",
            "Age difference between the newest preview picture and its mask",
            c => (c.Status.MaskBehindMs ?? 0) / 1000,
            "s");
        Level("swiftnet.objects", "Tracked objects", c => c.Status.Objects.Count);
        Level("swiftnet.objects.seen", "Objects visible in the newest mask", c => c.Status.Objects.Count(o => o.Area > 0));
        Level("swiftnet.start_prompts", "1 while a start prompt is not segmented yet, else 0", c => c.Status.StartPrompts is null ? 0 : 1);
    }

    private void AddZones()
    {
        Level("swiftnet.zones", "Zones and lines", c => c.Status.Zones.Count);
        _meter.CreateObservableCounter(
            "swiftnet.zone.events",
            () => _cameras.SelectMany(c => c.Status.Zones.SelectMany(zone => zone.Counts.Select(count => new Measurement<long>(
                count.Value,
                c.Label,
                new KeyValuePair<string, object?>("zone", zone.Name),
                new KeyValuePair<string, object?>("event", count.Key))))),
            null,
            "Events of objects at zones and lines, by zone and event");
        _meter.CreateObservableGauge(
            "swiftnet.zone.inside",
            () => _cameras.SelectMany(c => c.Status.Zones.Where(zone => zone.Kind == "zone").Select(zone =>
                new Measurement<double>(zone.Inside.Count, c.Label, new KeyValuePair<string, object?>("zone", zone.Name)))),
            null,
            "Objects inside a zone, by zone");
    }

    private void AddClips()
    {
        Count("swiftnet.clips.written", "Event clips written", c => c.Run.Clips.Written);
        Level("swiftnet.clips.kept", "Event clips on the disk", c => c.Run.Clips.Kept);
        Level("swiftnet.clips.bytes", "Total size of the event clips on the disk", c => c.Run.Clips.Bytes);
    }

    private void AddFormat()
    {
        _meter.CreateObservableGauge(
            "swiftnet.network.format",
            () => _cameras.Where(c => c.Status.Format is not null).Select(c =>
                new Measurement<double>(1, c.Label, new KeyValuePair<string, object?>("format", c.Status.Format!.Name))),
            null,
            "1 for the network's current number format, 0 for the others");
        _meter.CreateObservableGauge(
            "swiftnet.network.format_time",
            () => _cameras.SelectMany(c => (c.Status.Format?.MeasuredMs ?? new Dictionary<string, double>()).Select(timing =>
                new Measurement<double>(timing.Value / 1000, c.Label, new KeyValuePair<string, object?>("format", timing.Key)))),
            "s",
            "Duration of the layers measured at start, by number format");
    }

    private void AddMemory()
    {
        Level("swiftnet.memory.pixels", "Memory pixels of the object with the most", c => c.Status.Memory.Pixels);
        Level("swiftnet.memory.capacity", "Memory pixel capacity per object", c => c.Status.Memory.Capacity);
        Counts("swiftnet.memory.writes", "Frames written to memory, by reason", "reason", c => c.Run.WriteReasons.All);
    }

    private void AddBudget()
    {
        Level("swiftnet.budget.frame", "Processing time per frame, mean of ten frames", c => c.Run.Budget.AverageMilliseconds / 1000, "s");
        Level("swiftnet.budget.limit", "Allowed processing time per frame", c => c.Run.Budget.LimitMilliseconds / 1000, "s");
        Level("swiftnet.budget.level", "Quality steps below the configured settings", c => c.Run.Budget.Level);
        Level("swiftnet.budget.lowest_level", "Largest number of quality steps", c => c.Run.Budget.LowestLevel);
        Level(
            "swiftnet.windows",
            "Windows of the frame that the network processes; 1 with the whole frame, 0 without objects",
            c => c.Run.WindowCount);
        Level("swiftnet.budget.scale", "Scale of the network's input relative to the configured size", c => c.Run.Budget.Scale);
        Level("swiftnet.budget.capacity_frames", "Memory capacity in frames", c => c.Run.Budget.CapacityFrames);
        Level(
            "swiftnet.budget.too_slow",
            "1 while the machine is too slow for the camera and frames are skipped, else 0",
            c => c.Run.Budget.TooSlow is null ? 0 : 1);
        Count("swiftnet.budget.downs", "Steps down", c => c.Run.Budget.Downs);
        Count("swiftnet.budget.ups", "Steps up", c => c.Run.Budget.Ups);
        Count("swiftnet.budget.writes_triggered", "Memory writes triggered", c => c.Run.Writes.Triggered);
        Count("swiftnet.budget.writes_deferred", "Memory writes deferred", c => c.Run.Writes.Deferred);
        Count("swiftnet.budget.writes_forced", "Deferred memory writes forced before a newer frame", c => c.Run.Writes.Forced);
        Count("swiftnet.budget.previous_skipped", "Frames not stored as previous frame for lack of time", c => c.Run.Writes.Skipped);
    }

    private void AddSinks()
    {
        Counts("swiftnet.sinks.taken", "Results taken, by sink", "sink", c => c.Sinks.Select(s => (s.Name, s.Taken)));
        Counts("swiftnet.sinks.failed", "Results failed, by sink", "sink", c => c.Sinks.Select(s => (s.Name, s.Failed)));
        Counts(
            "swiftnet.sinks.dropped",
            "Results dropped from a sink's full queue, by sink",
            "sink",
            c => c.Sinks.Select(s => (s.Name, s.Dropped)));
    }

    private static IEnumerable<(string Cause, long Count)> Causes(LedgerSnapshot ledger) =>
        ledger.Causes.Select(cause => (LedgerSnapshot.Words(cause), ledger.DroppedByCause[(int)cause]));

    // Frames in flight have no outcome yet.
    private static IEnumerable<(string End, long Count)> Ends(IReadOnlyList<CountStatus> shown) =>
        shown.SkipLast(1).Select(term => (term.Name, term.Count));

    private void Count(string name, string description, Func<MeasuredCamera, long> of) =>
        _meter.CreateObservableCounter(name, () => _cameras.Select(c => new Measurement<long>(of(c), c.Label)), null, description);

    private void Counts(string name, string description, string label, Func<MeasuredCamera, IEnumerable<(string Value, long Count)>> of) =>
        _meter.CreateObservableCounter(
            name,
            () =>
                _cameras.SelectMany(
                    c => of(c).Select(x => new Measurement<long>(x.Count, c.Label, new KeyValuePair<string, object?>(label, x.Value)))),
            null, description);

    private void Level(string name, string description, Func<MeasuredCamera, double> of, string? unit = null) =>
        _meter.CreateObservableGauge(name, () => _cameras.Select(c => new Measurement<double>(of(c), c.Label)), unit, description);
}
