using System.Net.Sockets;
using Npgsql;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>The fleet's store in PostgreSQL, next to Orleans' membership tables; missing tables are created.</summary>
internal sealed class PostgresStore : IFleetStore
{
    private readonly NpgsqlDataSource _database;
    private readonly string _cluster;

    /// <summary>Prepares the store; the first call connects.</summary>
    /// <param name="connection">An Npgsql connection string: Host=…;Username=…;Password=…;Database=….</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <exception cref="UserErrorException">The connection string is invalid.</exception>
    public PostgresStore(string connection, string cluster)
    {
        _cluster = cluster;
        try
        {
            _database = NpgsqlDataSource.Create(Options(connection));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new UserErrorException("Fleet:ConnectionString=***: must be Host=…;Username=…;Password=…;Database=… for PostgreSQL", e);
        }
    }

    /// <summary>The connection string with timeouts of a few seconds.</summary>
    public static string Options(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Timeout = 3, CommandTimeout = 3, CancellationTimeout = 500 }.ConnectionString;

    /// <summary>Creates missing tables.</summary>
    /// <exception cref="FleetStoreException">The database cannot be reached, or refuses.</exception>
    public async Task PrepareAsync()
    {
        using var file = new StreamReader(typeof(PostgresStore).Assembly.GetManifestResourceStream("postgresql.sql")!);
        var sql = await file.ReadToEndAsync();
        await AskAsync(async () =>
        {
            await using var connection = await _database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            // Nodes may start at the same time: create the tables one node at a time.
            await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('swiftnet-live'))", connection, transaction))
            {
                await turn.ExecuteNonQueryAsync();
            }

            // Run as plain text: parameters in the script belong to stored queries.
            await using (var command = new NpgsqlCommand(sql, connection, transaction))
            {
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
            return true;
        });
    }

    /// <inheritdoc/>
    public Task<long> NextEpochAsync(string of) => AskAsync(async () =>
    {
        await using var command = Command(
            "INSERT INTO fleet_epochs VALUES ($1, $2, 1) ON CONFLICT (cluster, name) DO UPDATE SET epoch = fleet_epochs.epoch + 1 "
                + "RETURNING epoch",
            of);
        return (long)(await command.ExecuteScalarAsync())!;
    });

    /// <inheritdoc/>
    public Task<long> EpochAsync(string of) => AskAsync(async () =>
    {
        await using var command = Command("SELECT epoch FROM fleet_epochs WHERE cluster = $1 AND name = $2", of);
        return (long?)await command.ExecuteScalarAsync() ?? 0;
    });

    /// <inheritdoc/>
    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> value, string of, long epoch) => AskAsync(async () =>
    {
        // FOR SHARE prevents a newer epoch until the value is written.
        await using var command = Command(
            """
            WITH newest AS (SELECT 1 FROM fleet_epochs WHERE cluster = $1 AND name = $2 AND epoch = $3 FOR SHARE)
            INSERT INTO fleet_values SELECT $1, $4, $5 FROM newest
            ON CONFLICT (cluster, key) DO UPDATE SET value = excluded.value
            """,
            of,
            epoch,
            key,
            value.ToArray());
        return await command.ExecuteNonQueryAsync() > 0;
    });

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string key) => AskAsync(async () =>
    {
        await using var command = Command("SELECT value FROM fleet_values WHERE cluster = $1 AND key = $2", key);
        return (byte[]?)await command.ExecuteScalarAsync();
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private NpgsqlCommand Command(string sql, params object[] more)
    {
        var command = _database.CreateCommand(sql);
        foreach (var value in more.Prepend(_cluster))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PostgresException e)
        {
            throw new FleetStoreException($"the store (PostgreSQL) refuses: {e.MessageText}", e);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or SocketException)
        {
            throw new FleetStoreException("the store (PostgreSQL) cannot be reached", e);
        }
    }
}
