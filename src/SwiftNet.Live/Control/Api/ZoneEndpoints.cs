using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Control.Api;

/// <summary>The zones and lines of a camera: listed, drawn, removed, counted anew.</summary>
internal static class ZoneEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapZones(this IEndpointRouteBuilder api, ControlledCameras cameras)
    {
        var zones = api.MapGroup("/cameras/{camera}/zones");
        zones.MapGet("", (string camera) => List(cameras.Get(camera).Zones))
            .Produces<ZoneList>()
            .Fails(StatusCodes.Status404NotFound)
            .WithSummary("The zones and lines with their counts, those of the settings first");
        zones.MapPost("", (HttpContext http, string camera) => AddAsync(http, cameras.Get(camera)))
            .Accepts<ZoneAsk>("application/json")
            .Produces<ZoneFacts>(StatusCodes.Status201Created)
            .FailsAsCommands(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Adds a zone, or with two points a line");
        zones.MapDelete("/{name}", (string camera, string name) => Remove(cameras.Get(camera).Zones, name))
            .Produces(StatusCodes.Status204NoContent)
            .FailsAsCommands(StatusCodes.Status409Conflict)
            .WithSummary("Removes a zone or line that was drawn");
        zones.MapDelete("/{name}/counts", (string camera, string name) => Reset(cameras.Get(camera).Zones, name))
            .Produces<ZoneFacts>()
            .FailsAsCommands()
            .WithSummary("Counts from zero at a zone or line");
    }

    private static JsonHttpResult<ZoneList> List(CameraZones zones) =>
        TypedResults.Json(new ZoneList(zones.Current), ControlJson.Default.ZoneList);

    private static async Task<JsonHttpResult<ZoneFacts>> AddAsync(HttpContext http, CameraControl camera)
    {
        var shape = (await RequestReader.JsonAsync(http.Request, ControlJson.Default.ZoneAsk)).ToShape();
        var added = camera.Zones.Add(shape, out var problem) ?? throw new ControlRefusedException(Refusal.Conflict, problem!);
        http.Response.Headers.Location = $"{http.Request.PathBase}/api/cameras/{camera.Name}/zones/{Uri.EscapeDataString(shape.Name)}";
        return TypedResults.Json(added, ControlJson.Default.ZoneFacts, statusCode: StatusCodes.Status201Created);
    }

    private static NoContent Remove(CameraZones zones, string name) => zones.Remove(name) switch
    {
        true => TypedResults.NoContent(),
        false => throw new ControlRefusedException(
            Refusal.Conflict,
            "This zone or line is in the settings: take it out of Zones:Polygons or Zones:Lines."),
        null => throw Unknown(),
    };

    private static JsonHttpResult<ZoneFacts> Reset(CameraZones zones, string name) =>
        TypedResults.Json(zones.Reset(name) ?? throw Unknown(), ControlJson.Default.ZoneFacts);

    private static ControlRefusedException Unknown() => new(Refusal.Unknown, "The camera has no zone or line of this name.");
}
