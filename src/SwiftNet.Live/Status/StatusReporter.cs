using Microsoft.Extensions.Hosting;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Zones;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Status;

/// <summary>Updates a camera's status a few times per second. A sink, so that it sees the newest frame; everything else is read from the
/// run's counters.</summary>
internal sealed class StatusReporter(
    StatusBoard board,
    PipelineRun run,
    PipelineQueues queues,
    IFrameSource source,
    CameraZones zones,
    TimeProvider time) : BackgroundService, IFrameSink
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);
    private readonly ObjectExtents _extents = new();
    private readonly RateWindow _rate = new(time);
    private readonly SlidingLatency _ages = new(run.CaptureToMask, time);
    private readonly SlidingLatency _outputs = new(queues.Pictures is null ? run.CaptureToOutput : run.CaptureToShow, time);
    private readonly DeliveryHealth _delivery = new(() => source.FrameRate, time);
    private volatile Seen? _seen;
    private volatile string _state = "starting";
    private long _seenAt;

    /// <summary>The sink's name.</summary>
    public const string SinkName = "status page";

    /// <inheritdoc/>
    public string Name => SinkName;

    /// <inheritdoc/>
    public bool ShowsPictures => true;

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (_seen is null || time.GetElapsedTime(_seenAt) >= s_period)
        {
            _seenAt = time.GetTimestamp();
            _seen = new Seen(
                frame.Number,
                frame.CapturedTime,
                $"{frame.Width}x{frame.Height}",
                frame.Mask?.Age.TotalMilliseconds ?? 0,
                time.GetElapsedTime(frame.CapturedAt).TotalMilliseconds,
                Behind(frame),
                Objects(frame),
                [.. (frame.Mask?.Windows ?? []).Select(WindowStatus.Of)]);
            _state = "running";
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _state = "ended";
        Publish();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            Publish();
            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    private void Publish()
    {
        var (seen, network, ledger) = (_seen, run.Network, run.Ledger.Snapshot());
        board.Publish(new PipelineStatus
        {
            State = run.Failure is not null ? "failed" : run.Stopping.IsCancellationRequested && _state != "ended" ? "draining" : _state,
            Delivers = _delivery.IsAlive(ledger.Written) && _state == "running",
            Source = source.Name,
            Connection = ConnectionStatus.Of(source.Status),
            FrameSize = seen?.Size ?? "",
            NetworkSize = network is null ? "" : $"{network.Width}x{network.Height}",
            Device = network is null ? "" : $"{network.Device}, {network.Format}",
            Format = network is null ? null : FormatStatus.Of(network.Choice),
            Frame = seen?.Number ?? -1,
            CapturedTime = seen?.Time,
            FramesPerSecond = _rate.PerSecond(ledger.Captured - ledger.Balance - ledger.Dropped),
            AgeMs = _ages.Status(seen?.Age ?? 0),
            OutputMs = _outputs.Status(seen?.Output ?? 0),
            MaskBehindMs = seen?.Behind,
            PartsMs = [.. run.Parts.All.Select(part => (part.Name, Latency: part.Latency.Snapshot())).Where(part => part.Latency.Count > 0)
                .Select(part => new PartStatus(part.Name, part.Latency.Median.TotalMilliseconds, part.Latency.P95.TotalMilliseconds))],
            Ledger = [.. ledger.Terms.Select(term => new CountStatus(term.Name, term.Count))],
            Shown = queues.Pictures is null ? [] : [.. run.Shown.Snapshot().Terms.Select(term => new CountStatus(term.Name, term.Count))],
            StartPrompts = run.StartPrompts,
            Windows = seen?.Windows ?? [],
            Objects = seen?.Objects ?? [],
            Zones = zones.Current,
            Clips = new ClipStatus(run.Clips.Written, run.Clips.Kept, run.Clips.Bytes),
            Memory = network is null ? default : new MemoryStatus(network.MemoryPixels, network.MemoryCapacity, network.Writes, network.LastWrite, network.LastReason.ToString().ToLowerInvariant()),
            Budget = BudgetStatus.Of(run.Budget, run.Writes),
            Sinks =
            [
                .. run.Sinks
                    .Where(sink => sink.Name != Name)
                    .Select(sink => new SinkStatus(sink.Name, sink.Taken, sink.Failed, sink.Dropped, sink.IsFailing, sink.LastError)),
            ],
        });
    }

    private double? Behind(Frame frame) =>
        frame.Mask is { } mask ? time.GetElapsedTime(mask.CapturedAt, frame.CapturedAt).TotalMilliseconds : null;

    private ObjectStatus[] Objects(Frame frame)
    {
        if (frame.Mask is not { } mask)
        {
            return [];
        }

        _extents.Measure(mask.Part);
        return
        [
            .. mask.Objects.Select(o => new ObjectStatus(o.Id, o.Confidence, _extents[o.Id].Area, mask.Looks)
            {
                Detail = DetailOf(_extents[o.Id], mask.Windows),
            }),
        ];
    }

    // Of the windows that show the object's centre, the closest one; out of sight, the one that shows least.
    private static string? DetailOf(Extent extent, IReadOnlyList<FrameWindow> windows)
    {
        var (x, y) = ((extent.Left + extent.Right) / 2, (extent.Top + extent.Bottom) / 2);
        var showing = windows
            .Where(w => extent.Area > 0 && x >= w.X && x < w.X + w.Width && y >= w.Y && y < w.Y + w.Height)
            .Select(w => w.Scale);
        return windows.Count == 0 ? null : WindowStatus.Ratio(showing.DefaultIfEmpty(windows.Min(w => w.Scale)).Max());
    }

    private sealed record Seen(
        long Number,
        DateTimeOffset Time,
        string Size,
        double Age,
        double Output,
        double? Behind,
        ObjectStatus[] Objects,
        WindowStatus[] Windows);
}
