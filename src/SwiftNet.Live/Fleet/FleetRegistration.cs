using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Fleet;

/// <summary>Registers the fleet's services. Without a call to <see cref="AddFleet"/> no Orleans assembly is loaded.</summary>
internal static class FleetRegistration
{
    private const int MissedProbes = 3;
    private static readonly TimeSpan s_wrongClock = TimeSpan.FromMinutes(15);

    /// <summary>Adds the fleet's services.</summary>
    /// <exception cref="UserErrorException">The connection string is invalid.</exception>
    public static void AddFleet(IHostApplicationBuilder builder, Configured configured)
    {
        var options = configured.Settings.Fleet;
        var times = new FleetTimes(TimeSpan.FromSeconds(options.LeaseSeconds));
        var connection = FleetConnection.Of(options);
        // The service logs relevant events itself; Logging:LogLevel:Orleans shows the rest.
        foreach (var quiet in new[] { "Orleans", "Polly" }.Where(category => configured.Logging[$"LogLevel:{category}"] is null))
        {
            builder.Logging.AddFilter(quiet, LogLevel.Critical);
        }

        builder.Services
            .AddSingleton(configured)
            .AddSingleton(options)
            .AddSingleton(times)
            .AddSingleton(_ => FleetConnection.Store(options, connection))
            .AddSingleton<NodeLease>()
            .AddSingleton<NodeCameras>()
            .AddSingleton<LocalApiClient>()
            .AddSingleton<NodeService>()
            .AddHostedService(of => of.GetRequiredService<NodeService>())
            .AddSingleton<FleetEndpoints>()
            .AddSingleton(of => new EndpointModule(of.GetRequiredService<FleetEndpoints>().Map));
        builder.UseOrleans(silo => AddSilo(silo, options, times, connection));
        // Wrap the one hosted service that UseOrleans adds.
        var orleans = builder.Services.Single(
            of => of.ServiceType == typeof(IHostedService) && of.ImplementationType?.Assembly == typeof(Silo).Assembly);
        builder.Services.Remove(orleans);
        builder.Services.AddHostedService(
            of => new SiloService(
                (IHostedService)ActivatorUtilities.CreateInstance(of, orleans.ImplementationType!), of.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IFatalErrorHandler, EvictedNodeHandler>();
    }

    private static void AddSilo(ISiloBuilder silo, FleetOptions options, FleetTimes times, string connection)
    {
        var address = IPAddress.Parse(options.Address);
        if (options.Clustering == FleetClustering.Loopback)
        {
            silo.UseLocalhostClustering(options.Port, gatewayPort: 0, primarySiloEndpoint: null, options.ServiceId, options.ClusterId!);
        }
        else
        {
            FleetConnection.UseMembership(silo, options, connection);
            silo.Configure<SiloOptions>(of => of.SiloName = options.NodeName)
                .AddStartupTask<DeadMemberCleanup>(ServiceLifecycleStage.ApplicationServices);
        }

        if (options.Dashboard)
        {
            OrleansDashboard.Gather(silo);
        }

        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId!, options.ServiceId))
            // No gateway port: only nodes call grains.
            .ConfigureEndpoints(address, options.Port, gatewayPort: 0, listenOnAnyHostAddress: false)
            .Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = times.Lease / 5;
                membership.NumMissedProbesLimit = MissedProbes;
                // A node that has sent anything within this time is not evicted: a frozen coordinator must be evicted before the leases of
                // the other nodes end.
                membership.MaxProbeTimeout = times.Lease / 4;
                membership.MinProbeTimeout = membership.ProbeTimeout / 2;
                membership.TableRefreshTimeout = times.Lease;
                membership.IAmAliveTablePublishTimeout = times.HeartbeatInterval;
                // These limits use wall-clock time, and clocks may be wrong by minutes; dead nodes are detected by probes.
                membership.NumMissedTableIAmAliveLimit = (int)Math.Ceiling(s_wrongClock / times.HeartbeatInterval);
                membership.DeathVoteExpirationTimeout = s_wrongClock;
                membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
            })
            .Configure<SiloMessagingOptions>(
                messaging => messaging.SystemResponseTimeout = messaging.ResponseTimeout = TimeSpan.FromSeconds(30))
            .AddPlacementDirector<PlacedByCoordinator, CoordinatorPlacementDirector>();
    }
}
