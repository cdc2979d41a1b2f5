using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace SwiftNet.Live.Control.Api;

/// <summary>The objects of a camera with their memory, as a file that another process can go on with.</summary>
internal static class MemoryEndpoints
{
    private const string Type = "application/octet-stream";

    /// <summary>Maps them.</summary>
    public static void MapMemory(this IEndpointRouteBuilder api, ControlledCameras cameras)
    {
        api.MapGet("/cameras/{camera}/memory", (HttpContext http, string camera) => SaveAsync(http, cameras.Get(camera)))
            .Produces(StatusCodes.Status200OK, contentType: Type)
            .Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable)
            .WithSummary("The objects with what is remembered of them, as a file");
        api.MapPut("/cameras/{camera}/memory", (HttpContext http, string camera) => RestoreAsync(http, cameras.Get(camera)))
            .Accepts<Stream>(Type)
            .Produces<ObjectList>()
            .FailsAsCommands(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Follows the objects of such a file, in place of all there are");
    }

    private static async Task<FileContentHttpResult> SaveAsync(HttpContext http, CameraControl camera) =>
        TypedResults.Bytes(await camera.SaveAsync(http.RequestAborted), Type, $"{camera.Name}.objects");

    private static async Task<JsonHttpResult<ObjectList>> RestoreAsync(HttpContext http, CameraControl camera)
    {
        using var file = await RequestReader.BytesAsync(http.Request, camera.LargestFile);
        var list = await camera.RestoreAsync(file, RequestReader.Revision(http.Request), http.RequestAborted);
        http.Response.Headers.ETag = $"\"{list.Revision}\"";
        return TypedResults.Json(list, ControlJson.Default.ObjectList);
    }
}
