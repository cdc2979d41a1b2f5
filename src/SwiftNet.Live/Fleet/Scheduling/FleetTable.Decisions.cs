namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>The decisions of the coordinator, and the handling of their outcomes.</summary>
internal sealed partial class FleetTable
{
    private const int LongestPause = 60;

    /// <summary>Whether waiting cameras may be assigned: every node that may hold a lease of the previous coordinator has reported, or its
    /// lease has expired.</summary>
    public bool IsOpen => (_nodes.Values.All(node => node.Report is not null) || time.GetElapsedTime(_begun) > times.TakeoverDelay)
        && (time.GetElapsedTime(_begun) >= gather || _cameras.Values.Any(entry => entry.IsOnNode));

    /// <summary>Detects silent nodes and evicts them where that is safe.</summary>
    /// <returns>Names of the evicted nodes.</returns>
    public IReadOnlyList<string> EvictSilent()
    {
        var silent = _nodes.Values.Where(node => node.Report is null ? time.GetElapsedTime(_begun) > times.TakeoverDelay : IsSilent(node))
            .ToList();
        silent.ForEach(node => node.IsSilent = true);
        if (silent.Count == 0 || !Quorum.MayTakeOver(_nodes.Count, silent.Count))
        {
            foreach (var entry in _cameras.Values.Where(entry => entry.IsOnNode && silent.Exists(node => node.Name == entry.Node)))
            {
                entry.Why = $"{silent.Count} of {_nodes.Count} nodes are silent and may still be running; evict the nodes that are off";
            }

            return [];
        }

        foreach (var node in silent)
        {
            _nodes.Remove(node.Name);
            Release(node, $"node {node.Name} sent no report");
        }

        return [.. silent.Select(node => node.Name)];
    }

    /// <summary>Decides the orders to execute now; every returned order counts as started.</summary>
    public IReadOnlyList<FleetOrder> Decide()
    {
        var orders = new List<FleetOrder>();
        foreach (var gone in _cameras.Values.Where(entry => entry is { IsGone: true, IsOnNode: false, Pending: null }).ToList())
        {
            _cameras.Remove(gone.Definition.Name);
        }

        foreach (var entry in _cameras.Values.Where(entry => entry.Pending is null))
        {
            if ((entry.IsOnNode ? DecideOnNode(entry) : entry.State == FleetCameraState.Waiting ? DecideWaiting(entry) : null) is { } order)
            {
                entry.Pending = order;
                if (order.From is null)
                {
                    entry.Node = order.To;
                }

                SetState(entry, order.From is null ? FleetCameraState.Starting : FleetCameraState.Stopping, order.Why);
                orders.Add(order);
            }
        }

        if (orders.Count == 0 && Balance() is { } move)
        {
            move.Camera.Pending = move;
            SetState(move.Camera, FleetCameraState.Stopping, move.Why);
            orders.Add(move);
        }

        return orders;
    }

    /// <summary>Handles the completed first half of an order: the camera has stopped.</summary>
    /// <returns>Whether the second half, the start, is still required.</returns>
    public bool Stopped(FleetOrder order)
    {
        var entry = order.Camera;
        if (entry.Pending != order)
        {
            return false;
        }

        if (order.To is { } to && !entry.IsGone)
        {
            (entry.Node, entry.HasChanged) = (to, false);
            SetState(entry, FleetCameraState.Starting, order.Why);
            return true;
        }

        entry.Pending = null;
        if (entry.StopReason is not null && !entry.HasEnded)
        {
            Backoff(entry);
        }

        entry.StopReason = null;
        SetState(entry, entry.HasEnded ? FleetCameraState.Ended : FleetCameraState.Waiting, order.Why);
        return false;
    }

    /// <summary>Handles a successful start.</summary>
    public void Started(FleetOrder order)
    {
        if (order.Camera is var entry && entry.Pending == order)
        {
            (entry.Pending, entry.StopReason, entry.HasChanged, entry.NotBefore) = (null, null, false, time.GetTimestamp());
            SetState(entry, FleetCameraState.Running, order.Why);
        }
    }

    /// <summary>Handles a start that definitely failed.</summary>
    public void NotStarted(FleetOrder order, string why)
    {
        if (order.Camera is var entry && entry.Pending == order)
        {
            entry.Pending = null;
            Backoff(entry);
            SetState(entry, FleetCameraState.Waiting, why);
        }
    }

    /// <summary>Handles an order with unknown outcome: the node's next reports decide.</summary>
    public void Unsure(FleetOrder order)
    {
        if (order.Camera.Pending == order)
        {
            order.Camera.Pending = null;
        }
    }

    private FleetOrder? DecideOnNode(CameraEntry entry)
    {
        var at = time.GetTimestamp();
        if (entry.IsGone)
        {
            return new(entry, entry.Node, null, "no configuration declares it any more", at);
        }

        if (entry.StopReason is { } ailment)
        {
            return new(entry, entry.Node, null, ailment, at);
        }

        if (entry.HasChanged)
        {
            return new(entry, entry.Node, entry.Node, "its configuration has changed", at);
        }

        if (entry.Wish is { } wish)
        {
            entry.Wish = null;
            return new(entry, entry.Node, wish, "moved on request", at);
        }

        var leaves = _nodes.GetValueOrDefault(entry.Node!)?.Report is { IsLeaving: true };
        return leaves && Place(entry) is { Node: { } to } choice
            ? new(entry, entry.Node, to, $"node {entry.Node} stops; {choice.Why}", at)
            : null;
    }

    private FleetOrder? DecideWaiting(CameraEntry entry)
    {
        if (!IsOpen || time.GetTimestamp() < entry.NotBefore)
        {
            return null;
        }

        var choice = Place(entry);
        if (choice?.Node is null)
        {
            entry.Why = choice?.Why ?? entry.Why;
            return null;
        }

        return new(entry, null, choice.Node, choice.Why, time.GetTimestamp());
    }

    // Null if the best node already starts as many cameras as it may: retried with the next decision.
    private PlacementChoice? Place(CameraEntry entry)
    {
        var choice = Placement.Choose(entry.Definition, entry.Milliseconds, Capacities());
        return choice.Node is { } node && _cameras.Values.Count(other => other.Pending?.To == node) >= PendingPerNode ? null : choice;
    }

    private FleetOrder? Balance()
    {
        var minute = TimeSpan.FromMinutes(1);
        while (_balanced.TryPeek(out var first) && time.GetElapsedTime(first) > minute)
        {
            _balanced.Dequeue();
        }

        var still = _cameras.Values.All(entry => entry.Pending is null) && time.GetElapsedTime(_begun) >= gather;
        if (!still
            || _balanced.Count >= movesPerMinute
            || Placement.Balance(
                Capacities(),
                _cameras.Values.Where(entry => entry is { State: FleetCameraState.Running, Measured: not null })) is not { } move)
        {
            return null;
        }

        var now = time.GetTimestamp();
        _balanced.Enqueue(now);
        var entry = Find(move.Camera)!;
        return new(entry, entry.Node, move.To, move.Why, now);
    }

    private void Backoff(CameraEntry entry)
    {
        var seconds = Math.Min(LongestPause, 1 << Math.Min(entry.Failures, 6));
        entry.Failures++;
        entry.NotBefore = time.GetTimestamp() + (long)(seconds * (double)time.TimestampFrequency);
    }
}
