using Orleans.Runtime.Placement;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Fleet.Store;

namespace SwiftNet.Live.Fleet;

/// <summary>How the coordinator carries an order out: the camera is stopped where it is, numbered anew and started where it is to be.</summary>
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

            // A store that lost what it had begins anew; numbers only grow.
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
            // The node is gone, or slow: its reports, or their absence, tell.
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

    // A grain that is still active elsewhere, with nothing to run, gives way first.
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
            _moves.AddFirst(new MoveStatus(time.GetLocalNow(), entry.Definition.Name, last, order.To!, order.Why, time.GetElapsedTime(order.At).TotalMilliseconds));
            if (_moves.Count > MovesShown)
            {
                _moves.RemoveLast();
            }
        }

        entry.LastNode = order.To;
    }
}
