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

/// <summary>The fleet's parts of the service. Nothing of Orleans is loaded where this is not called.</summary>
internal static class FleetRegistration
{
    private const int MissedProbes = 3;
    private static readonly TimeSpan s_wrongClock = TimeSpan.FromMinutes(15);

    /// <summary>Adds them.</summary>
    /// <exception cref="UserErrorException">The connection string is of no use.</exception>
    public static void AddFleet(IHostApplicationBuilder builder, Configured configured)
    {
        var options = configured.Settings.Fleet;
        var times = new FleetTimes(TimeSpan.FromSeconds(options.LeaseSeconds));
        var connection = FleetConnection.Of(options);
        // What matters of it is told in the service's own words; Logging:LogLevel:Orleans shows the rest.
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
            .AddSingleton(of => new WebPart(of.GetRequiredService<FleetEndpoints>().Map));
        builder.UseOrleans(silo => AddSilo(silo, options, times, connection));
        // The one hosted service that it adds, in another one's hands.
        var orleans = builder.Services.Single(of => of.ServiceType == typeof(IHostedService) && of.ImplementationType?.Assembly == typeof(Silo).Assembly);
        builder.Services.Remove(orleans);
        builder.Services.AddHostedService(of => new SiloService((IHostedService)ActivatorUtilities.CreateInstance(of, orleans.ImplementationType!), of.GetRequiredService<TimeProvider>()));
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
            // No gateway: nobody but the nodes calls.
            .ConfigureEndpoints(address, options.Port, gatewayPort: 0, listenOnAnyHostAddress: false)
            .Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = times.Lease / 5;
                membership.NumMissedProbesLimit = MissedProbes;
                // A node that has sent anything within as many of these is not given up: a frozen coordinator has to be before the others' leases end.
                membership.MaxProbeTimeout = times.Lease / 4;
                membership.MinProbeTimeout = membership.ProbeTimeout / 2;
                membership.TableRefreshTimeout = times.Lease;
                membership.IAmAliveTablePublishTimeout = times.HeartbeatInterval;
                // What goes by the calendar: nodes are probed, and clocks may be wrong by minutes.
                membership.NumMissedTableIAmAliveLimit = (int)Math.Ceiling(s_wrongClock / times.HeartbeatInterval);
                membership.DeathVoteExpirationTimeout = s_wrongClock;
                membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
            })
            .Configure<SiloMessagingOptions>(messaging => messaging.SystemResponseTimeout = messaging.ResponseTimeout = TimeSpan.FromSeconds(30))
            .AddPlacementDirector<PlacedByCoordinator, CoordinatorPlacementDirector>();
    }
}
