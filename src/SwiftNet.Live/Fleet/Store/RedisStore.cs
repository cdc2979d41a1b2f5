using StackExchange.Redis;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>The fleet's store in Redis: INCR for epochs, and a script that compares and writes atomically. Connects on first use and
/// reconnects after a loss.</summary>
/// <param name="connection">A StackExchange.Redis connection string: HOST:PORT,password=….</param>
/// <param name="prefix">Prefix of every key: the cluster's name.</param>
internal sealed class RedisStore(string connection, string prefix) : IFleetStore
{
    // KEYS: epoch, value. ARGV: the epoch that must be the newest, the value.
    private const string PutScript = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[2], ARGV[2])
        return 1
        """;

    private readonly Lazy<Task<ConnectionMultiplexer>> _redis = new(() => ConnectionMultiplexer.ConnectAsync(Options(connection)));

    /// <summary>Connection options with timeouts of two seconds and no queueing while disconnected.</summary>
    /// <exception cref="UserErrorException">The connection string is invalid.</exception>
    public static ConfigurationOptions Options(string connection)
    {
        try
        {
            var options = ConfigurationOptions.Parse(connection);
            options.AbortOnConnectFail = false;
            options.ConnectTimeout = options.AsyncTimeout = options.SyncTimeout = 2000;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new LinearRetry(500);
            return options;
        }
        catch (ArgumentException e)
        {
            // The exception's message may contain the password.
            throw new UserErrorException("Fleet:ConnectionString=***: must be HOST:PORT,password=… for Redis", e);
        }
    }

    /// <inheritdoc/>
    public Task<long> NextEpochAsync(string of) => AskAsync(redis => redis.StringIncrementAsync(Epoch(of)));

    /// <inheritdoc/>
    public Task<long> EpochAsync(string of) => AskAsync(async redis => (long?)await redis.StringGetAsync(Epoch(of)) ?? 0);

    /// <inheritdoc/>
    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> value, string of, long epoch) =>
        AskAsync(async redis => (bool)await redis.ScriptEvaluateAsync(PutScript, [Epoch(of), Value(key)], [epoch, value]));

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string key) => AskAsync(async redis => (byte[]?)await redis.StringGetAsync(Value(key)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_redis is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _redis.Value).DisposeAsync();
        }
    }

    private RedisKey Epoch(string of) => $"{{{prefix}}}:epoch:{of}";

    private RedisKey Value(string key) => $"{{{prefix}}}:value:{key}";

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        try
        {
            return await ask((await _redis.Value).GetDatabase());
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new FleetStoreException($"the store (Redis) {Words(e)}", e);
        }
    }

    // The client's messages contain internal details.
    private static string Words(Exception e) => e switch
    {
        RedisServerException => $"refuses: {e.Message.Split('\n')[0].TrimEnd('.')}",
        RedisConnectionException when $"{e}".Contains("WRONGPASS", StringComparison.Ordinal)
            || $"{e}".Contains("NOAUTH", StringComparison.Ordinal) =>
            "refuses the password",
        RedisConnectionException => "cannot be reached",
        _ => "does not respond in time",
    };
}
