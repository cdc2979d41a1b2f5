using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Hosting;

/// <summary>The cameras that run: those of the configuration, and those that come and go when it changes. An enumeration shows the cameras
/// at that time.</summary>
/// <param name="cameras">Those to begin with.</param>
/// <param name="build">Puts a camera's pipeline together, with further parts.</param>
/// <param name="life">The service's.</param>
internal sealed class RunningCameras(
    IReadOnlyList<CameraSettings> cameras, Func<CameraSettings, Action<IServiceCollection>?, CameraPipeline> build, ServiceLife life)
    : IReadOnlyList<CameraPipeline>, IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private readonly Lock _listing = new();
    private volatile IReadOnlyList<CameraPipeline> _now = [.. cameras.Select(camera => build(camera, null))];
    private bool _stopped;

    /// <inheritdoc/>
    public int Count => _now.Count;

    /// <inheritdoc/>
    public CameraPipeline this[int index] => _now[index];

    /// <summary>Something of each camera that has it, likewise.</summary>
    public IReadOnlyList<T> Each<T>(Func<CameraPipeline, T?> part)
        where T : class => new Parts<T>(this, part);

    /// <summary>Starts them, one after the other; each has been opened.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var camera in _now)
        {
            await camera.StartAsync(cancellationToken);
        }
    }

    /// <summary>Stops them together; what each has captured is finished.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        _stopped = true;
        await Task.WhenAll(_now.Select(camera => camera.StopAsync(cancellationToken)));
        _changing.Release();
    }

    /// <summary>Lets cameras go and takes others in, while the rest run. What those that go have captured is finished.</summary>
    /// <returns>Why one of the new ones could not be opened, with its name; empty where all were.</returns>
    public async Task<IReadOnlyList<(string Camera, string Why)>> ChangeAsync(
        IReadOnlyList<CameraPipeline> gone, IReadOnlyList<CameraSettings> come)
    {
        await _changing.WaitAsync();
        var failures = new List<(string, string)>();
        if (!_stopped)
        {
            // Logged first: without a camera the service would end.
            life.CamerasAdded(come.Count);
            foreach (var camera in gone)
            {
                await LetGoAsync(camera);
            }

            foreach (var camera in come)
            {
                try
                {
                    await TakeInAsync(camera);
                }
                catch (UserErrorException e)
                {
                    failures.Add((camera.Name, e.Message));
                    life.CameraEnded();
                }
            }
        }

        _changing.Release();
        return failures;
    }

    /// <summary>Starts one camera anew with another configuration, while the rest run. What it has captured is finished, and its objects
    /// are followed on.</summary>
    /// <returns>Why it could not be opened; then it is gone. Null where it runs.</returns>
    public async Task<string?> RestartAsync(CameraPipeline camera, CameraSettings settings)
    {
        await _changing.WaitAsync();
        try
        {
            if (_stopped)
            {
                return null;
            }

            // Logged first: without a camera the service would end.
            life.CamerasAdded(1);
            camera.Handover.Ask();
            await camera.StopAsync(CancellationToken.None);
            var anew = build(settings, parts => parts.AddSingleton(new ObjectHandover(camera.Handover.Left)));
            Exchange(camera, anew);

            // Its folders and locks are free for the new one.
            await camera.DisposeAsync();
            try
            {
                anew.Open();
                await anew.StartAsync(CancellationToken.None);
                return null;
            }
            catch (UserErrorException e)
            {
                Exchange(anew, null);
                await anew.StopAsync(CancellationToken.None);
                await anew.DisposeAsync();
                life.CameraEnded();
                return e.Message;
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes one camera in and starts it, whatever else comes and goes meanwhile.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="parts">Adds to its parts.</param>
    /// <exception cref="UserErrorException">It cannot be opened.</exception>
    public async Task<CameraPipeline> TakeInAsync(CameraSettings camera, Action<IServiceCollection>? parts = null)
    {
        var added = build(camera, parts);
        try
        {
            added.Open();
            await added.StartAsync(CancellationToken.None);
        }
        catch
        {
            await added.StopAsync(CancellationToken.None);
            await added.DisposeAsync();
            throw;
        }

        lock (_listing)
        {
            _now = [.. _now, added];
        }

        return added;
    }

    /// <summary>Lets one camera go; what it has captured is finished.</summary>
    public async Task LetGoAsync(CameraPipeline camera)
    {
        lock (_listing)
        {
            _now = [.. _now.Where(other => other != camera)];
        }

        await camera.StopAsync(CancellationToken.None);
        await camera.DisposeAsync();
    }

    private void Exchange(CameraPipeline camera, CameraPipeline? other)
    {
        lock (_listing)
        {
            _now = [.. _now.Select(one => one == camera ? other : one).OfType<CameraPipeline>()];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<CameraPipeline> GetEnumerator() => _now.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var camera in _now)
        {
            await camera.DisposeAsync();
        }

        _changing.Dispose();
    }

    private sealed class Parts<T>(RunningCameras cameras, Func<CameraPipeline, T?> part) : IReadOnlyList<T>
        where T : class
    {
        public int Count => All.Count();

        public T this[int index] => All.ElementAt(index);

        private IEnumerable<T> All => cameras._now.Select(part).OfType<T>();

        public IEnumerator<T> GetEnumerator() => All.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
