namespace SwiftNet.Live.Fleet.Keeping;

/// <summary>What the keeper decides from its table, and what becomes of it.</summary>
internal sealed partial class FleetTable
{
    private const int LongestPause = 60;

    /// <summary>Whether cameras may be given away: every box that may hold a lease of the keeper before has been heard, or its lease has run out.</summary>
    public bool IsOpen => (_boxes.Values.All(box => box.Report is not null) || time.GetElapsedTime(_begun) > times.Grace)
        && (time.GetElapsedTime(_begun) >= gather || _cameras.Values.Any(entry => entry.IsOnBox));

    /// <summary>Finds boxes that have fallen silent, and gives up their cameras where that is safe.</summary>
    /// <returns>The boxes that are struck off.</returns>
    public IReadOnlyList<string> GiveUpSilent()
    {
        var silent = _boxes.Values.Where(box => box.Report is null ? time.GetElapsedTime(_begun) > times.Grace : IsSilent(box)).ToList();
        silent.ForEach(box => box.IsSilent = true);
        if (silent.Count == 0 || !Quorum.MayTakeOver(_boxes.Count, silent.Count))
        {
            foreach (var entry in _cameras.Values.Where(entry => entry.IsOnBox && silent.Exists(box => box.Name == entry.Box)))
            {
                entry.Why = $"{silent.Count} of {_boxes.Count} boxes are silent and may run on by themselves; say which are off";
            }

            return [];
        }

        foreach (var box in silent)
        {
            _boxes.Remove(box.Name);
            Lose(box, $"box {box.Name} fell silent");
        }

        return [.. silent.Select(box => box.Name)];
    }

    /// <summary>What is to be done now; each order counts as begun.</summary>
    public IReadOnlyList<FleetOrder> Decide()
    {
        var orders = new List<FleetOrder>();
        foreach (var gone in _cameras.Values.Where(entry => entry is { IsGone: true, IsOnBox: false, Pending: null }).ToList())
        {
            _cameras.Remove(gone.Definition.Name);
        }

        foreach (var entry in _cameras.Values.Where(entry => entry.Pending is null))
        {
            if ((entry.IsOnBox ? OnBox(entry) : entry.State == FleetCameraState.Waiting ? Waits(entry) : null) is { } order)
            {
                entry.Pending = order;
                if (order.From is null)
                {
                    entry.Box = order.To;
                }

                Stand(entry, order.From is null ? FleetCameraState.Starting : FleetCameraState.Stopping, order.Why);
                orders.Add(order);
            }
        }

        if (orders.Count == 0 && Balance() is { } move)
        {
            move.Camera.Pending = move;
            Stand(move.Camera, FleetCameraState.Stopping, move.Why);
            orders.Add(move);
        }

        return orders;
    }

    /// <summary>The first half of an order is done: its camera runs nowhere.</summary>
    /// <returns>Whether the second half is still to be done.</returns>
    public bool Stopped(FleetOrder order)
    {
        var entry = order.Camera;
        if (entry.Pending != order)
        {
            return false;
        }

        if (order.To is { } to && !entry.IsGone)
        {
            (entry.Box, entry.HasChanged) = (to, false);
            Stand(entry, FleetCameraState.Starting, order.Why);
            return true;
        }

        entry.Pending = null;
        if (entry.Ailment is not null && !entry.HasEnded)
        {
            Pause(entry);
        }

        entry.Ailment = null;
        Stand(entry, entry.HasEnded ? FleetCameraState.Ended : FleetCameraState.Waiting, order.Why);
        return false;
    }

    /// <summary>The camera runs where it was ordered to.</summary>
    public void Started(FleetOrder order)
    {
        if (order.Camera is var entry && entry.Pending == order)
        {
            (entry.Pending, entry.Ailment, entry.HasChanged, entry.NotBefore) = (null, null, false, time.GetTimestamp());
            Stand(entry, FleetCameraState.Running, order.Why);
        }
    }

    /// <summary>The camera does not run where it was ordered to, for certain.</summary>
    public void NotStarted(FleetOrder order, string why)
    {
        if (order.Camera is var entry && entry.Pending == order)
        {
            entry.Pending = null;
            Pause(entry);
            Stand(entry, FleetCameraState.Waiting, why);
        }
    }

    /// <summary>Nobody knows whether the order was carried out: the box's next reports tell.</summary>
    public void Unsure(FleetOrder order)
    {
        if (order.Camera.Pending == order)
        {
            order.Camera.Pending = null;
        }
    }

    private FleetOrder? OnBox(CameraEntry entry)
    {
        var at = time.GetTimestamp();
        if (entry.IsGone)
        {
            return new(entry, entry.Box, null, "no configuration holds it any more", at);
        }

        if (entry.Ailment is { } ailment)
        {
            return new(entry, entry.Box, null, ailment, at);
        }

        if (entry.HasChanged)
        {
            return new(entry, entry.Box, entry.Box, "its configuration has changed", at);
        }

        if (entry.Wish is { } wish)
        {
            entry.Wish = null;
            return new(entry, entry.Box, wish, "somebody moved it", at);
        }

        var leaves = _boxes.GetValueOrDefault(entry.Box!)?.Report is { IsLeaving: true };
        return leaves && Place(entry) is { Box: { } to } choice ? new(entry, entry.Box, to, $"box {entry.Box} stops; {choice.Why}", at) : null;
    }

    private FleetOrder? Waits(CameraEntry entry)
    {
        if (!IsOpen || time.GetTimestamp() < entry.NotBefore)
        {
            return null;
        }

        var choice = Place(entry);
        if (choice?.Box is null)
        {
            entry.Why = choice?.Why ?? entry.Why;
            return null;
        }

        return new(entry, null, choice.Box, choice.Why, time.GetTimestamp());
    }

    // Null where the best box has its hands full: it is asked again.
    private PlacementChoice? Place(CameraEntry entry)
    {
        var choice = Placement.Choose(entry.Definition, entry.Milliseconds, Rooms());
        return choice.Box is { } box && _cameras.Values.Count(other => other.Pending?.To == box) >= PendingPerBox ? null : choice;
    }

    private FleetOrder? Balance()
    {
        var minute = TimeSpan.FromMinutes(1);
        while (_balanced.TryPeek(out var first) && time.GetElapsedTime(first) > minute)
        {
            _balanced.Dequeue();
        }

        var still = _cameras.Values.All(entry => entry.Pending is null) && time.GetElapsedTime(_begun) >= gather;
        if (!still || _balanced.Count >= movesPerMinute || Placement.Balance(Rooms(), _cameras.Values.Where(entry => entry is { State: FleetCameraState.Running, Measured: not null })) is not { } move)
        {
            return null;
        }

        var now = time.GetTimestamp();
        _balanced.Enqueue(now);
        var entry = Find(move.Camera)!;
        return new(entry, entry.Box, move.To, move.Why, now);
    }

    private void Pause(CameraEntry entry)
    {
        var seconds = Math.Min(LongestPause, 1 << Math.Min(entry.Failures, 6));
        entry.Failures++;
        entry.NotBefore = time.GetTimestamp() + (long)(seconds * (double)time.TimestampFrequency);
    }
}
