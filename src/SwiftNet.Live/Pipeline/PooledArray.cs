using System.Collections.Concurrent;

namespace SwiftNet.Live.Pipeline;

/// <summary>An array on loan from a pool. Its owner disposes it, once, or hands it on.</summary>
internal sealed class PooledArray<T> : IDisposable
{
    private static readonly ConcurrentDictionary<int, ConcurrentBag<T[]>> s_pools = new();
    private T[]? _array;

    private PooledArray(T[] array) => _array = array;

    /// <summary>The array, of exactly the rented length.</summary>
    public T[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledArray<T>));

    /// <summary>Rents an array of exactly <paramref name="length"/> elements, its content undefined.</summary>
    public static PooledArray<T> Rent(int length)
    {
        var pool = s_pools.GetOrAdd(length, static _ => []);
        return new PooledArray<T>(pool.TryTake(out var array) ? array : GC.AllocateUninitializedArray<T>(length, pinned: true));
    }

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            s_pools[array.Length].Add(array);
        }
    }
}
