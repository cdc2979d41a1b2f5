using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>The two newest snapshots of a camera, as one activation sees them: the older place is written while the newer one stays, so that one that is spoilt is followed by the one before it.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="camera">The camera.</param>
/// <param name="epoch">This activation's number.</param>
/// <param name="logger">Where a spoilt one is told.</param>
internal sealed partial class SnapshotSlots(IFleetStore store, string camera, long epoch, ILogger logger)
{
    private long _count;
    private int _next;

    /// <summary>What a camera's numbers are given out under.</summary>
    public static string EpochOf(string camera) => $"camera:{camera}";

    /// <summary>Where a camera's snapshots lie: place 0 or 1.</summary>
    public static string KeyOf(string camera, int place) => $"snapshot:{camera}:{place}";

    /// <summary>The newest snapshot that is sound; null where there is none. To be asked before the first <see cref="KeepAsync"/>.</summary>
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

    /// <summary>Keeps a snapshot.</summary>
    /// <returns>False where another activation has succeeded this one: nothing was kept.</returns>
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
        [LoggerMessage(1, LogLevel.Error, "A snapshot of camera {Camera} is spoilt in the store; the one before it is taken, where there is one")]
        public static partial void Spoilt(ILogger logger, string camera);
    }
}
