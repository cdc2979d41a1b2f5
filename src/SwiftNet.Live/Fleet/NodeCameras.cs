using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>The cameras that run on this node.</summary>
internal sealed class NodeCameras(
    Configured configured,
    FleetOptions options,
    NodeLease lease,
    RunningCameras running,
    IFleetStore store,
    ObjectEventBroadcaster objectEvents,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<NodeCameras> logger)
{
    private readonly ConcurrentDictionary<string, NodeCamera> _cameras = new();

    /// <summary>Number of cameras on this node.</summary>
    public int Count => _cameras.Count;

    /// <summary>Whether a camera runs on this node.</summary>
    public bool Has(string camera) => _cameras.ContainsKey(camera);

    /// <summary>Starts a camera.</summary>
    /// <param name="definition">The camera.</param>
    /// <param name="epoch">The activation number.</param>
    /// <returns>One line with the reason if the camera does not start; null if it runs.</returns>
    public async Task<string?> StartAsync(CameraDefinition definition, long epoch)
    {
        if (_cameras.TryGetValue(definition.Name, out var other))
        {
            if (other.Epoch >= epoch)
            {
                return other.Epoch == epoch ? null : "a newer activation runs on this node";
            }

            await StopAsync(definition.Name);
        }

        var camera = new NodeCamera(definition, epoch, lease, running, store, objectEvents, options, time, logger);
        if (!_cameras.TryAdd(definition.Name, camera))
        {
            return "another activation is starting on this node";
        }

        try
        {
            // A delayed order may be superseded by a newer one.
            if (await store.EpochAsync(SnapshotSlots.EpochOf(definition.Name)) != epoch)
            {
                throw new UserErrorException("a newer activation has been ordered");
            }

            await camera.StartAsync(definition.On(configured.Whole!), lifetime);
            return null;
        }
        catch (Exception e) when (e is UserErrorException or IOException)
        {
            _cameras.TryRemove(KeyValuePair.Create(definition.Name, camera));
            await camera.DisposeAsync();
            return e.Message;
        }
    }

    /// <summary>Stops a camera; no effect if it does not run on this node.</summary>
    public async Task StopAsync(string name)
    {
        if (_cameras.TryGetValue(name, out var camera))
        {
            await camera.StopAsync();
            _cameras.TryRemove(KeyValuePair.Create(name, camera));
            await camera.DisposeAsync();
        }
    }

    /// <summary>Stops all cameras.</summary>
    public Task StopAllAsync() => Task.WhenAll(_cameras.Keys.Select(StopAsync));

    /// <summary>Revokes and stops an activation that has been superseded on another node; its output ends immediately.</summary>
    /// <returns>Whether the activation had not been revoked before.</returns>
    public bool LetGo(string name, long epoch)
    {
        if (!_cameras.TryGetValue(name, out var camera) || camera.Epoch != epoch)
        {
            return false;
        }

        // The store may have revoked the activation already; the camera still has to stop.
        var isNews = camera.Revoke();
        _ = StopAsync(name);
        return isNews;
    }

    /// <summary>Revokes and stops all cameras; their output ends immediately.</summary>
    public Task LetGoOfAllAsync()
    {
        foreach (var camera in _cameras.Values)
        {
            camera.Revoke();
        }

        return StopAllAsync();
    }

    /// <summary>The current state of all cameras.</summary>
    public RunningReport[] Report() => [.. _cameras.Values.Select(camera => camera.Report())];
}
