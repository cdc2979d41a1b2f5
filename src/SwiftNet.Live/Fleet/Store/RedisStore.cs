using StackExchange.Redis;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>The store in Redis: numbers by INCR, and a script that compares and keeps in one step. It connects when it is first asked, and again whenever the connection is lost.</summary>
/// <param name="connection">As StackExchange.Redis writes it: HOST:PORT,password=….</param>
/// <param name="prefix">Before every key: the cluster's name.</param>
internal sealed class RedisStore(string connection, string prefix) : IFleetStore
{
    // KEYS: the number, the value. ARGV: the number that must be the newest, the value.
    private const string PutScript = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[2], ARGV[2])
        return 1
        """;

    private readonly Lazy<Task<ConnectionMultiplexer>> _redis = new(() => ConnectionMultiplexer.ConnectAsync(Options(connection)));

    /// <summary>How to connect: what cannot be had in two seconds is an error, and nothing waits for a connection that is lost.</summary>
    /// <exception cref="UserErrorException">It is no connection string.</exception>
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
            // Its message may repeat what was given, with the password.
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

    // The client's own words go on with figures of its insides.
    private static string Words(Exception e) => e switch
    {
        RedisServerException => $"refuses: {e.Message.Split('\n')[0].TrimEnd('.')}",
        RedisConnectionException when $"{e}".Contains("WRONGPASS", StringComparison.Ordinal) || $"{e}".Contains("NOAUTH", StringComparison.Ordinal) => "refuses the password",
        RedisConnectionException => "cannot be reached",
        _ => "gives no answer in time",
    };
}
