using Orleans.Runtime.Placement;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Fleet.Store;

namespace SwiftNet.Live.Fleet;

/// <summary>Execution of orders: stops the camera on its current node, takes a new activation number and starts the camera on the target
/// node.</summary>
internal sealed partial class CoordinatorGrain
{
    private const int MovesShown = 50;
    private const int MostTries = 50;
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);
    private readonly LinkedList<MoveStatus> _moves = new();

    private async Task CarryOutAsync(FleetOrder order)
    {
        var camera = order.Camera.Definition;
        try
        {
            if (order.From is not null && !await StopAsync(order, camera.Name))
            {
                return;
            }

            // A store that lost its data restarts numbering; activation numbers must only grow.
            var epoch = await store.NextEpochAsync(SnapshotSlots.EpochOf(camera.Name));
            while (epoch <= order.Camera.Epoch)
            {
                epoch = await store.NextEpochAsync(SnapshotSlots.EpochOf(camera.Name));
            }

            order.Camera.Epoch = epoch;
            camera = order.Camera.Definition;
            var error = await PlacedAsync(order.To!, camera.Name, grain => grain.RunAsync(camera, order.To!, epoch));
            if (error is not null)
            {
                Log.NotStarted(logger, camera.Name, order.To!, error);
                _table.NotStarted(order, error);
                return;
            }

            _table.Started(order);
            Log.Runs(logger, camera.Name, order.To!, epoch, order.Why);
            Remember(order);
        }
        catch (FleetStoreException e)
        {
            _table.NotStarted(order, e.Message);
        }
        catch (Exception e)
        {
            // The node is dead or slow: its next reports, or missing reports, decide.
            Log.Unsure(logger, camera.Name, order.To ?? order.From!, FleetErrorText.Of(e));
            _table.Unsure(order);
        }
    }

    private async Task<bool> StopAsync(FleetOrder order, string camera)
    {
        Log.Stops(logger, camera, order.From!, order.Why);
        await PlacedAsync<string?>(order.From!, camera, async grain =>
        {
            await grain.StopAsync(SiloOf(order.To));
            return null;
        });
        return _table.Stopped(order);
    }

    // A grain still active on another node, with no camera running, migrates first.
    private async Task<T> PlacedAsync<T>(string node, string camera, Func<ICameraGrain, Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            if (SiloOf(node) is { } silo)
            {
                RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            }

            var answer = await ask(GrainFactory.GetGrain<ICameraGrain>(camera));
            if (answer is not CameraGrain.WrongNode || tries == MostTries)
            {
                return answer;
            }

            await Task.Delay(s_again, time);
        }
    }

    private SiloAddress? SiloOf(string? node) => _table.Nodes.FirstOrDefault(other => other.Name == node)?.Report?.Silo;

    private void Remember(FleetOrder order)
    {
        var entry = order.Camera;
        if (entry.LastNode is { } last && last != order.To)
        {
            entry.Moves++;
            _moves.AddFirst(
                new MoveStatus(
                    time.GetLocalNow(),
                    entry.Definition.Name,
                    last,
                    order.To!,
                    order.Why,
                    time.GetElapsedTime(order.At).TotalMilliseconds));
            if (_moves.Count > MovesShown)
            {
                _moves.RemoveLast();
            }
        }

        entry.LastNode = order.To;
    }
}
