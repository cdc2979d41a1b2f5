using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>The two snapshot slots of a camera, written in turn: if the newest snapshot is damaged, the previous one is still
/// there.</summary>
/// <param name="store">The fleet's store.</param>
/// <param name="camera">The camera's name.</param>
/// <param name="epoch">This activation's number.</param>
/// <param name="logger">Log for damaged snapshots.</param>
internal sealed partial class SnapshotSlots(IFleetStore store, string camera, long epoch, ILogger logger)
{
    private long _count;
    private int _next;

    /// <summary>Name of a camera's epoch in the store.</summary>
    public static string EpochOf(string camera) => $"camera:{camera}";

    /// <summary>Key of a camera's snapshot slot, 0 or 1.</summary>
    public static string KeyOf(string camera, int place) => $"snapshot:{camera}:{place}";

    /// <summary>The newest valid snapshot; null = none. Call before the first <see cref="KeepAsync"/>.</summary>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    public async Task<ChecksummedSnapshot?> NewestAsync()
    {
        ChecksummedSnapshot? newest = null;
        for (var place = 0; place < 2; place++)
        {
            if (await store.GetAsync(KeyOf(camera, place)) is not { } framed)
            {
                continue;
            }

            if (ChecksummedSnapshot.Parse(framed) is not { } found)
            {
                Log.Spoilt(logger, camera);
            }
            else if (newest is null || (found.Epoch, found.Count).CompareTo((newest.Epoch, newest.Count)) > 0)
            {
                (newest, _next) = (found, 1 - place);
            }
        }

        return newest;
    }

    /// <summary>Saves a snapshot.</summary>
    /// <returns>False if a newer activation exists; nothing was saved.</returns>
    /// <exception cref="FleetStoreException">The store cannot be reached, or is full.</exception>
    public async Task<bool> KeepAsync(byte[] snapshot)
    {
        var framed = new ChecksummedSnapshot(epoch, _count, snapshot).ToBytes();
        if (!await store.PutAsync(KeyOf(camera, _next), framed, EpochOf(camera), epoch))
        {
            return false;
        }

        (_count, _next) = (_count + 1, 1 - _next);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Error, "A snapshot of camera {Camera} in the store is damaged; the previous snapshot is used if there is one")]
        public static partial void Spoilt(ILogger logger, string camera);
    }
}
