using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Orleans.Dashboard;

namespace SwiftNet.Live.Fleet;

/// <summary>Orleans' own dashboard, as its package has it, at <c>/orleans/</c> of a node's page and behind the same token.</summary>
internal static class OrleansDashboard
{
    private const string Path = "/orleans";

    // Its page has one script and one style sheet of its own, and draws with inline styles.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds what gathers its figures. All nodes of a fleet have to: it asks each of them.</summary>
    public static void Gather(ISiloBuilder silo) => silo.AddDashboard(dashboard => dashboard.HideTrace = true);

    /// <summary>Serves it.</summary>
    /// <param name="app">The node's page, which has parts of its own.</param>
    /// <param name="services">The service's parts, which the dashboard's are among.</param>
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

    // The page's routes with the service's parts.
    private sealed class Routes(IEndpointRouteBuilder page, IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources => page.DataSources;

        public IApplicationBuilder CreateApplicationBuilder() => page.CreateApplicationBuilder();
    }
}
