using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Orleans.Dashboard;

namespace SwiftNet.Live.Fleet;

/// <summary>Orleans' dashboard at <c>/orleans/</c> of a node's page, behind the same token.</summary>
internal static class OrleansDashboard
{
    private const string Path = "/orleans";

    // The dashboard page has one script, one style sheet and inline styles.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src "
            + "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the dashboard's statistics collection. Every node needs it: the dashboard queries all nodes.</summary>
    public static void Gather(ISiloBuilder silo) => silo.AddDashboard(dashboard => dashboard.HideTrace = true);

    /// <summary>Maps the dashboard.</summary>
    /// <param name="app">The node's web application.</param>
    /// <param name="services">The host's services, which include the dashboard's.</param>
    public static void Map(WebApplication app, IServiceProvider services)
    {
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal))
            {
                http.RequestServices = services;
                http.Response.Headers.ContentSecurityPolicy = Policy;
            }

            return next(http);
        });
        new Routes(app, services).MapOrleansDashboard(Path);
    }

    // The page's routes combined with the host's services.
    private sealed class Routes(IEndpointRouteBuilder page, IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources => page.DataSources;

        public IApplicationBuilder CreateApplicationBuilder() => page.CreateApplicationBuilder();
    }
}
