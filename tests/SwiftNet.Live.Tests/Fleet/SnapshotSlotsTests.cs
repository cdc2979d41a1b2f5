using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Snapshots in real stores of every kind. Newest first; spoilt ones give way to the one before; stale activations keep
/// nothing.</summary>
public sealed class SnapshotSlotsTests
{
    private readonly WarningLog _log = new();

    [Fact]
    public async Task In_the_store_of_one_node_the_newest_is_found()
    {
        await using var store = new LoopbackStore();
        await TheNewestIsFound(store);
    }

    [Fact]
    public async Task In_Redis_the_newest_is_found()
    {
        using var redis = new RedisServer();
        await using var store = new RedisStore(redis.Connection, "tests");
        await TheNewestIsFound(store);
    }

    [Fact]
    public async Task In_PostgreSQL_the_newest_is_found()
    {
        using var postgres = new PostgresServer();
        await using var store = new PostgresStore(postgres.Connection, "tests");
        await store.PrepareAsync();
        await store.PrepareAsync();
        await TheNewestIsFound(store);
    }

    [Fact]
    public async Task In_an_S3_compatible_store_beside_Redis_the_newest_is_found_and_no_more_is_left_there_than_is_needed()
    {
        using var redis = new RedisServer();
        using var s3 = new S3Server();
        await using var store = new S3Store(new RedisStore(redis.Connection, "tests"), s3.Options, "tests");
        await TheNewestIsFound(store);
        Assert.Equal(2, s3.Count);

        await using var closed = new S3Store(new LoopbackStore(), s3.Options with { Bucket = "another" }, "tests");
        var slots = await Activate(closed);
        var error = await Assert.ThrowsAsync<FleetStoreException>(() => slots.KeepAsync([1]));
        Assert.StartsWith("the store of snapshots (S3) refuses: ", error.Message, StringComparison.Ordinal);
    }

    private async Task TheNewestIsFound(IFleetStore store)
    {
        var first = await Activate(store);
        Assert.Null(await first.NewestAsync());
        Assert.True(await first.KeepAsync([1]));
        Assert.True(await first.KeepAsync([1, 2]));
        Assert.True(await first.KeepAsync([1, 2, 3]));

        // The first of the next activation leaves the newest one of the one before as it is.
        var second = await Activate(store);
        Assert.Equal([1, 2, 3], (await second.NewestAsync())!.Bytes);
        Assert.True(await second.KeepAsync([9]));
        Assert.False(await first.KeepAsync([4]));

        var found = await (await Activate(store)).NewestAsync();
        Assert.Equal((2, 0), (found!.Epoch, found.Count));
        Assert.Equal([9], found.Bytes);

        // One byte of it is another.
        foreach (var key in new[] { 0, 1 }.Select(place => SnapshotSlots.KeyOf("gate", place)))
        {
            var kept = (await store.GetAsync(key))!;
            if (ChecksummedSnapshot.Parse(kept) is { Epoch: 2 })
            {
                kept[^1] ^= 1;
                Assert.True(
                    await store.PutAsync(key, kept, SnapshotSlots.EpochOf("gate"), await store.EpochAsync(SnapshotSlots.EpochOf("gate"))));
            }
        }

        found = await (await Activate(store)).NewestAsync();
        Assert.Equal([1, 2, 3], found!.Bytes);
        Assert.Contains(
            "A snapshot of camera gate in the store is damaged; the previous snapshot is used",
            Assert.Single(_log.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_without_its_password_and_is_used_again_when_it_is_back()
    {
        using var redis = new RedisServer();
        await using var store = new RedisStore(redis.Connection, "tests");
        Assert.Equal(1, await store.NextEpochAsync("x"));
        redis.Stop();
        var error = await Assert.ThrowsAsync<FleetStoreException>(() => store.NextEpochAsync("x"));
        Assert.StartsWith("the store (Redis) ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, $"{error}", StringComparison.Ordinal);

        redis.Start();
        var next = 0L;
        await ThreeNodes.UntilAsync(
            async () =>
            {
                try
                {
                    next = await store.NextEpochAsync("x");
                    return true;
                }
                catch (FleetStoreException)
                {
                    return false;
                }
            },
            "It is not used again.");
        Assert.True(next > 1);
    }

    private async Task<SnapshotSlots> Activate(IFleetStore store) =>
        new(store, "gate", await store.NextEpochAsync(SnapshotSlots.EpochOf("gate")), _log);
}
