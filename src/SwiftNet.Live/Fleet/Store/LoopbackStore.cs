using System.Collections.Concurrent;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>In-memory store for a fleet of one node; lost with the process.</summary>
internal sealed class LoopbackStore : IFleetStore
{
    private readonly ConcurrentDictionary<string, long> _epochs = new();
    private readonly ConcurrentDictionary<string, byte[]> _values = new();

    /// <inheritdoc/>
    public Task<long> NextEpochAsync(string of) => Task.FromResult(_epochs.AddOrUpdate(of, 1, static (_, before) => before + 1));

    /// <inheritdoc/>
    public Task<long> EpochAsync(string of) => Task.FromResult(_epochs.GetValueOrDefault(of));

    /// <inheritdoc/>
    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> value, string of, long epoch)
    {
        if (_epochs.GetValueOrDefault(of) != epoch)
        {
            return Task.FromResult(false);
        }

        _values[key] = value.ToArray();
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string key) => Task.FromResult(_values.GetValueOrDefault(key));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
