namespace SwiftNet.Live.Fleet.Keeping;

/// <summary>
/// The keeper's table of boxes and cameras: it hears reports and decides what is to be done. It does nothing itself and knows neither network nor
/// store, and all its time is monotonic. One caller at a time.
/// </summary>
/// <param name="times">The times that keep two boxes from running one camera.</param>
/// <param name="movesPerMinute">Cameras that move for balance in a minute, at most.</param>
/// <param name="gather">What a fleet that runs nothing yet waits for more boxes to come.</param>
/// <param name="time">The clock.</param>
internal sealed partial class FleetTable(FleetTimes times, int movesPerMinute, TimeSpan gather, TimeProvider time)
{
    // A box opens as many sources at once; the rest wait their turn.
    private const int PendingPerBox = 4;
    private const int MissingReports = 3;
    private static readonly TimeSpan s_proof = TimeSpan.FromMinutes(1);
    private readonly SortedDictionary<string, BoxEntry> _boxes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CameraEntry> _cameras = new(StringComparer.Ordinal);
    private readonly Queue<long> _balanced = new();
    private readonly long _begun = time.GetTimestamp();

    /// <summary>The boxes, by name.</summary>
    public IReadOnlyCollection<BoxEntry> Boxes => _boxes.Values;

    /// <summary>The cameras, by name.</summary>
    public IReadOnlyCollection<CameraEntry> Cameras => _cameras.Values;

    /// <summary>The camera of this name, or null.</summary>
    public CameraEntry? Find(string camera) => _cameras.GetValueOrDefault(camera);

    /// <summary>A box that belongs to the fleet, as was kept: it may hold leases of the keeper before.</summary>
    public void Know(string box) => _boxes.TryAdd(box, new BoxEntry(box, _begun));

    /// <summary>A camera that belongs to the fleet, as was kept.</summary>
    public void Know(CameraDefinition camera, IEnumerable<string> brought)
    {
        var entry = new CameraEntry(camera) { Since = time.GetLocalNow(), Why = "its box is waited for" };
        entry.Brought.UnionWith(brought);
        _cameras[camera.Name] = entry;
    }

    /// <summary>A box brings its cameras.</summary>
    /// <returns>What is wrong with them, one line, and nothing is taken over; null for nothing.</returns>
    public string? Declare(string box, IReadOnlyList<CameraDefinition> cameras)
    {
        foreach (var camera in cameras)
        {
            if (Find(camera.Name) is { } other && other.Definition.Source != camera.Source && other.Brought.FirstOrDefault(b => b != box && _boxes.GetValueOrDefault(b) is { IsSilent: false, Report: not null }) is { } owner)
            {
                return $"Camera {camera.Name} is in the fleet already, with another source, brought by box {owner}; a name stands for one camera. Call one of them otherwise.";
            }
        }

        foreach (var camera in cameras)
        {
            if (Find(camera.Name) is not { } entry)
            {
                _cameras[camera.Name] = entry = new CameraEntry(camera) { Since = time.GetLocalNow() };
            }
            else if (!entry.Definition.Equals(camera))
            {
                (entry.Definition, entry.HasChanged, entry.HasEnded) = (camera, entry.IsOnBox, false);
                if (entry.State == FleetCameraState.Ended)
                {
                    Stand(entry, FleetCameraState.Waiting, "its configuration has changed");
                }
            }

            entry.Brought.Add(box);
        }

        foreach (var entry in _cameras.Values.Where(entry => cameras.All(camera => camera.Name != entry.Definition.Name)))
        {
            entry.Brought.Remove(box);
        }

        return null;
    }

    /// <summary>A box tells how it is.</summary>
    /// <returns>Why it is none of this fleet, one line; null where it was heard.</returns>
    public string? Hear(BoxReport report)
    {
        Know(report.Box);
        var box = _boxes[report.Box];
        if (box.Report is { } newer && newer.Instance == report.Instance && newer.Number >= report.Number)
        {
            return "this report of it came late: a newer one has been heard";
        }

        if (box.Report is { } before && before.Instance != report.Instance)
        {
            if (!before.IsLeaving && !IsSilent(box))
            {
                return $"a box called {report.Box} was heard {time.GetElapsedTime(box.HeardAt).TotalSeconds:0.0} s ago; each needs a name of its own (Fleet:Box), and one that was started again waits until the fleet has given up the one before";
            }

            Lose(box, "its box was started again");
        }

        (box.Report, box.HeardAt, box.IsSilent) = (report, time.GetTimestamp(), false);
        foreach (var running in report.Cameras)
        {
            if (Find(running.Camera) is { } entry && !IsStale(entry, running, report.Box))
            {
                Adopt(entry, running, report.Box);
            }
        }

        foreach (var entry in _cameras.Values.Where(entry => entry.IsOnBox && entry.Box == report.Box && entry.Pending is null && report.Cameras.All(running => running.Camera != entry.Definition.Name)))
        {
            if (++entry.Missing >= MissingReports)
            {
                entry.Ailment ??= "its box had lost it";
            }
        }

        return null;
    }

    /// <summary>Of a box's cameras, those that run elsewhere by now or are in no configuration.</summary>
    public CameraEpoch[] ToLetGo(BoxReport report) =>
        [.. report.Cameras.Where(running => Find(running.Camera) is { } entry ? IsStale(entry, running, report.Box) : IsSettled).Select(running => new CameraEpoch(running.Camera, running.Epoch))];

    /// <summary>Boxes heard within their lease that do not reach the store, and whether one does that still does.</summary>
    public (int Without, bool AnyWith) Heard()
    {
        var heard = _boxes.Values.Where(box => box.Report is not null && time.GetElapsedTime(box.HeardAt) < times.Lease).ToList();
        return (heard.Count(box => !box.Report!.HasStore), heard.Exists(box => box.Report!.HasStore));
    }

    /// <summary>A box is off, or has left: its cameras wait for another.</summary>
    public bool Strike(string box)
    {
        if (!_boxes.Remove(box, out var struck))
        {
            return false;
        }

        Lose(struck, $"box {box} is gone");
        return true;
    }

    /// <summary>What a placement has to choose from.</summary>
    public IReadOnlyList<BoxRoom> Rooms() => [.. _boxes.Values.Where(box => box.TakesCameras).Select(box => new BoxRoom(box.Name, box.Report!.Budget, UsedOf(box.Name), box.Report.Devices))];

    /// <summary>What a box's cameras need, with those that are on their way to it.</summary>
    public double UsedOf(string box) => _cameras.Values
        .Where(entry => (entry.IsOnBox && entry.Box == box) || entry.Pending?.To == box)
        .Sum(entry => entry.Milliseconds);

    // A keeper whose store has lost what it had hears of the cameras from the boxes.
    private bool IsSettled => time.GetElapsedTime(_begun) > times.Grace + times.Lease;

    private bool IsSilent(BoxEntry box) => time.GetElapsedTime(box.HeardAt) > times.Silence;

    private static bool IsStale(CameraEntry entry, RunningReport running, string box) =>
        entry.IsGone && !entry.IsOnBox
        || running.Epoch < entry.Epoch
        || (running.Epoch == entry.Epoch && entry.IsOnBox && entry.Box != box);

    private void Adopt(CameraEntry entry, RunningReport running, string box)
    {
        if (entry.Box != box || !entry.IsOnBox)
        {
            (entry.Box, entry.Epoch, entry.Pending) = (box, running.Epoch, null);
            Stand(entry, FleetCameraState.Starting, "it ran there already");
        }

        (entry.Missing, entry.Objects, entry.Resumed) = (0, running.Objects, running.Resumed);
        entry.LastBox ??= box;
        entry.Measured = running.Milliseconds ?? entry.Measured;
        if (entry.Pending is not null)
        {
            return;
        }

        switch (running.State)
        {
            // Also one that was to stop and of which nobody knows whether it did: it did not.
            case "running" when entry.State is FleetCameraState.Starting or FleetCameraState.Stopping:
                Stand(entry, FleetCameraState.Running, entry.Why);
                break;
            case "running" when entry.Failures > 0 && time.GetElapsedTime(entry.NotBefore) > s_proof:
                entry.Failures = 0;
                break;
            case "failed":
                entry.Ailment = running.Why ?? "it broke";
                break;
            case "ended":
                (entry.HasEnded, entry.Ailment) = (true, "its source has ended");
                break;
            default:
                break;
        }
    }

    private void Lose(BoxEntry box, string why)
    {
        foreach (var entry in _cameras.Values.Where(entry => entry.IsOnBox && entry.Box == box.Name))
        {
            entry.Pending = null;
            Stand(entry, FleetCameraState.Waiting, why);
        }
    }

    private void Stand(CameraEntry entry, FleetCameraState state, string why)
    {
        if (state != entry.State)
        {
            (entry.State, entry.Since) = (state, time.GetLocalNow());
        }

        if (state == FleetCameraState.Starting)
        {
            // What the activation before said of itself is none of the next one's.
            (entry.Objects, entry.Resumed) = (0, 0);
        }

        (entry.Why, entry.Missing) = (why, 0);
    }
}
