using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>The fleet's cameras that run on this node.</summary>
internal sealed class NodeCameras(
    Configured configured, FleetOptions options, NodeLease lease, RunningCameras running, IFleetStore store, NewsFeed news, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<NodeCameras> logger)
{
    private readonly ConcurrentDictionary<string, NodeCamera> _cameras = new();

    /// <summary>How many there are.</summary>
    public int Count => _cameras.Count;

    /// <summary>Whether a camera runs here.</summary>
    public bool Has(string camera) => _cameras.ContainsKey(camera);

    /// <summary>Starts a camera.</summary>
    /// <param name="definition">The camera.</param>
    /// <param name="epoch">The activation's number.</param>
    /// <returns>Why it does not run, one line; null where it does.</returns>
    public async Task<string?> StartAsync(CameraDefinition definition, long epoch)
    {
        if (_cameras.TryGetValue(definition.Name, out var other))
        {
            if (other.Epoch >= epoch)
            {
                return other.Epoch == epoch ? null : "another activation of it runs here";
            }

            await StopAsync(definition.Name);
        }

        var camera = new NodeCamera(definition, epoch, lease, running, store, news, options, time, logger);
        if (!_cameras.TryAdd(definition.Name, camera))
        {
            return "another activation of it starts here";
        }

        try
        {
            // An order that was long on its way may have been succeeded by another.
            if (await store.EpochAsync(SnapshotSlots.EpochOf(definition.Name)) != epoch)
            {
                throw new UserErrorException("a newer activation of it has been ordered");
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

    /// <summary>Ends a camera well; nothing where it does not run here.</summary>
    public async Task StopAsync(string name)
    {
        if (_cameras.TryGetValue(name, out var camera))
        {
            await camera.StopAsync();
            _cameras.TryRemove(KeyValuePair.Create(name, camera));
            await camera.DisposeAsync();
        }
    }

    /// <summary>Ends all of them well.</summary>
    public Task StopAllAsync() => Task.WhenAll(_cameras.Keys.Select(StopAsync));

    /// <summary>An activation runs elsewhere by now: nothing more of it leaves from this moment on, and it ends.</summary>
    /// <returns>Whether that was news.</returns>
    public bool LetGo(string name, long epoch)
    {
        if (!_cameras.TryGetValue(name, out var camera) || camera.Epoch != epoch)
        {
            return false;
        }

        // It may have been revoked by the store before, and still has to end.
        var isNews = camera.Revoke();
        _ = StopAsync(name);
        return isNews;
    }

    /// <summary>Nothing more of any camera leaves from this moment on, and all end.</summary>
    public Task LetGoOfAllAsync()
    {
        foreach (var camera in _cameras.Values)
        {
            camera.Revoke();
        }

        return StopAllAsync();
    }

    /// <summary>How they are.</summary>
    public RunningReport[] Report() => [.. _cameras.Values.Select(camera => camera.Report())];
}
