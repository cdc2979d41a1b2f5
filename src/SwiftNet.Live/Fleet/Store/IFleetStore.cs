namespace SwiftNet.Live.Fleet.Store;

/// <summary>State shared by all nodes of a fleet: epochs (numbers that only grow), and values that only the holder of the newest epoch may
/// change.</summary>
internal interface IFleetStore : IAsyncDisposable
{
    /// <summary>Creates missing tables.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached, or refuses.</exception>
    Task PrepareAsync() => EpochAsync("");

    /// <summary>Increments and returns an epoch; greater than every number returned before.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    Task<long> NextEpochAsync(string of);

    /// <summary>The newest epoch; 0 before the first.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    Task<long> EpochAsync(string of);

    /// <summary>Saves a value if <paramref name="epoch"/> is still the newest epoch of <paramref name="of"/>, atomically.</summary>
    /// <returns>Whether the value was saved; false if a newer epoch exists.</returns>
    /// <exception cref="FleetStoreException">The store cannot be reached, or is full.</exception>
    Task<bool> PutAsync(string key, ReadOnlyMemory<byte> value, string of, long epoch);

    /// <summary>Reads a value; null = none.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    Task<byte[]?> GetAsync(string key);
}

/// <summary>The fleet's store cannot be reached or refuses; the message is one line.</summary>
internal sealed class FleetStoreException(string message, Exception cause) : IOException(message, cause);
