using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace SwiftNet.Live.Control.Api;

/// <summary>The control API: objects are pointed at, corrected and removed in the live picture. <c>/openapi/v1.json</c> describes
/// it.</summary>
internal static class ControlApi
{
    private const string Bearer = "bearer";

    /// <summary>Adds what it needs.</summary>
    public static IServiceCollection AddControlApi(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = ControlJson.Default.Options.PropertyNamingPolicy;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, ControlProblemJson.Default);
        })
        .AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "SwiftNet.Live";
            document.Info.Version = typeof(ControlApi).Assembly.GetName().Version!.ToString(3);
            document.Info.Description =
                "Objects in live video: pointed at, followed, corrected, removed. Every unsafe call takes If-Match: \"REVISION\" and is "
                    + "then refused with 412 when the list has changed since.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The token of Web:Token or Web:TokenFile; where neither is set none is asked for.",
                },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        }));

    /// <summary>Maps it; returns the group, for other endpoints below <c>/api</c>.</summary>
    public static RouteGroupBuilder MapControl(this WebApplication app, ControlledCameras cameras, ObjectEventBroadcaster objectEvents, TimeProvider time)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api")
            .WithMetadata(Failure(StatusCodes.Status401Unauthorized), Failure(StatusCodes.Status504GatewayTimeout));
        api.MapCameras(cameras);
        api.MapObjects(cameras);
        api.MapMemory(cameras);
        api.MapZones(cameras);
        api.MapEvents(cameras, objectEvents, time, app.Lifetime.ApplicationStopping);
        return api;
    }

    /// <summary>Describes how a call can fail.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ControlProblem>(status, "application/problem+json");
        }

        return endpoint;
    }

    private static ProducesResponseTypeMetadata Failure(int status) => new(status, typeof(ControlProblem), ["application/problem+json"]);

    /// <summary>Describes how a call that changes something can fail, besides other ways.</summary>
    public static RouteHandlerBuilder FailsAsCommands(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses) => endpoint
        .Fails(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound,
            StatusCodes.Status412PreconditionFailed)
        .Fails(StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable)
        .Fails(statuses);
}
