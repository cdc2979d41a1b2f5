namespace SwiftNet.Live.Fleet.Store;

/// <summary>What all nodes of a fleet share: numbers that only grow, and values that only the holder of the newest number may change.</summary>
internal interface IFleetStore : IAsyncDisposable
{
    /// <summary>Makes in the store what is missing there.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached, or refuses.</exception>
    Task PrepareAsync() => EpochAsync("");

    /// <summary>The next number of something, above all that were ever given out for it.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    Task<long> NextEpochAsync(string of);

    /// <summary>The newest number that was given out; 0 before the first.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    Task<long> EpochAsync(string of);

    /// <summary>Keeps a value, if <paramref name="epoch"/> is still the newest number of <paramref name="of"/>; both in one step.</summary>
    /// <returns>Whether it was kept: false for one who has been succeeded.</returns>
    /// <exception cref="FleetStoreException">The store cannot be reached, or is full.</exception>
    Task<bool> PutAsync(string key, ReadOnlyMemory<byte> value, string of, long epoch);

    /// <summary>A value that was kept; null where there is none.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    Task<byte[]?> GetAsync(string key);
}

/// <summary>The fleet's store cannot be reached, or takes nothing; the message is one line.</summary>
internal sealed class FleetStoreException(string message, Exception cause) : IOException(message, cause);
