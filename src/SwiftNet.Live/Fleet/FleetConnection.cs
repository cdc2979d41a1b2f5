using Microsoft.Extensions.Hosting;
using Orleans.Clustering.Redis;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>Connects nodes to the fleet's store, which holds both the membership table and the shared state.</summary>
internal static class FleetConnection
{
    private const int LongestFile = 4096;

    /// <summary>The connection string; empty for loopback clustering.</summary>
    /// <exception cref="UserErrorException">The connection string file cannot be read.</exception>
    public static string Of(FleetOptions options)
    {
        if (options.Clustering == FleetClustering.Loopback)
        {
            return "";
        }

        if (string.IsNullOrWhiteSpace(options.ConnectionStringFile))
        {
            return options.ConnectionString!;
        }

        try
        {
            return new FileInfo(options.ConnectionStringFile) is { Length: <= LongestFile } file
                && File.ReadAllText(file.FullName).Trim() is { Length: > 0 } text
                ? text
                : throw new UserErrorException(
                    $"Fleet:ConnectionStringFile {options.ConnectionStringFile} must hold a connection string of "
                        + $"at most {LongestFile} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Fleet:ConnectionStringFile {options.ConnectionStringFile} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Creates the store.</summary>
    /// <exception cref="UserErrorException">The connection string is invalid.</exception>
    public static IFleetStore Store(FleetOptions options, string connection)
    {
        var cluster = $"{options.ServiceId}/{options.ClusterId}";
        IFleetStore store = options.Clustering switch
        {
            FleetClustering.Redis => new RedisStore(connection, cluster),
            FleetClustering.AdoNet => new PostgresStore(connection, cluster),
            _ => new LoopbackStore(),
        };
        return string.IsNullOrEmpty(options.S3.Endpoint) ? store : new S3Store(store, options.S3, cluster);
    }

    /// <summary>Configures Orleans membership.</summary>
    public static void UseMembership(ISiloBuilder silo, FleetOptions options, string connection)
    {
        if (options.Clustering == FleetClustering.Redis)
        {
            silo.UseRedisClustering((RedisClusteringOptions redis) => redis.ConfigurationOptions = RedisStore.Options(connection));
        }
        else
        {
            silo.UseAdoNetClustering(
                database => (database.Invariant, database.ConnectionString) = ("Npgsql", PostgresStore.Options(connection)));
        }
    }
}
