using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace SwiftNet.Live.Control.Api;

/// <summary>The objects of a camera: listed, given, corrected, changed, removed.</summary>
internal static class ObjectEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapObjects(this IEndpointRouteBuilder api, ControlledCameras cameras)
    {
        var objects = api.MapGroup("/cameras/{camera}/objects");
        objects.MapGet("", (HttpContext http, string camera) => List(http, cameras.Get(camera)))
            .Produces<ObjectList>()
            .Fails(StatusCodes.Status404NotFound)
            .WithSummary("The objects, with the list's revision, which is its ETag");
        objects.MapPost("", (HttpContext http, string camera, bool? preview) => AddAsync(http, cameras.Get(camera), preview == true))
            .Accepts<Ask>("application/json")
            .Produces<FollowedObject>(StatusCodes.Status201Created)
            .Produces<Proposal>()
            .FailsAsCommands(StatusCodes.Status409Conflict, StatusCodes.Status410Gone, StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Follows one more object; with preview=true only returns the mask that the prompt gives");
        objects.MapPost(
            "/{id:range(1,255)}/corrections",
            (HttpContext http, string camera, byte id, bool? preview) => CorrectAsync(http, cameras.Get(camera), id, preview == true))
            .Accepts<Ask>("application/json")
            .Produces<FollowedObject>()
            .Produces<Proposal>()
            .FailsAsCommands(StatusCodes.Status409Conflict, StatusCodes.Status410Gone, StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Puts an object right on a frame; points alone add to what it is there, and take from it");
        objects.MapPatch("/{id:range(1,255)}", (HttpContext http, string camera, byte id) => ChangeAsync(http, cameras.Get(camera), id))
            .Accepts<Change>("application/json")
            .Produces<FollowedObject>()
            .FailsAsCommands(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Renames or recolours an object, leaves it alone for a while or lets it go on");
        objects.MapDelete("/{id:range(1,255)}", (HttpContext http, string camera, byte id) => RemoveAsync(http, cameras.Get(camera), id))
            .Produces(StatusCodes.Status204NoContent)
            .FailsAsCommands()
            .WithSummary("Follows an object no longer");
        objects.MapDelete("", (HttpContext http, string camera) => ResetAsync(http, cameras.Get(camera)))
            .Produces(StatusCodes.Status204NoContent)
            .FailsAsCommands()
            .WithSummary("Follows nothing any more");
    }

    private static JsonHttpResult<ObjectList> List(HttpContext http, CameraControl camera)
    {
        var list = camera.Table.Current;
        Tag(http, list.Revision);
        return TypedResults.Json(list, ControlJson.Default.ObjectList);
    }

    private static async Task<IResult> AddAsync(HttpContext http, CameraControl camera, bool preview)
    {
        var (ask, revision) = (await RequestReader.JsonAsync(http.Request, ControlJson.Default.Ask), RequestReader.Revision(http.Request));
        if (preview)
        {
            return TypedResults.Json(
                await camera.ProposeAsync(ask, corrected: null, revision, http.RequestAborted), ControlJson.Default.Proposal);
        }

        var added = await camera.AddAsync(ask, revision, http.RequestAborted);
        http.Response.Headers.Location = $"{http.Request.PathBase}/api/cameras/{camera.Name}/objects/{added.Object.Id}";
        return Answer(http, added, StatusCodes.Status201Created);
    }

    private static async Task<IResult> CorrectAsync(HttpContext http, CameraControl camera, byte id, bool preview)
    {
        var (ask, revision) = (await RequestReader.JsonAsync(http.Request, ControlJson.Default.Ask), RequestReader.Revision(http.Request));
        return preview
            ? TypedResults.Json(await camera.ProposeAsync(ask, id, revision, http.RequestAborted), ControlJson.Default.Proposal)
            : Answer(http, await camera.CorrectAsync(id, ask, revision, http.RequestAborted), StatusCodes.Status200OK);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, CameraControl camera, byte id)
    {
        var (change, revision) =
            (await RequestReader.JsonAsync(http.Request, ControlJson.Default.Change), RequestReader.Revision(http.Request));
        return Answer(http, await camera.ChangeAsync(id, change, revision, http.RequestAborted), StatusCodes.Status200OK);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, CameraControl camera, byte id)
    {
        Tag(http, await camera.RemoveAsync(id, RequestReader.Revision(http.Request), http.RequestAborted));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ResetAsync(HttpContext http, CameraControl camera)
    {
        Tag(http, await camera.ResetAsync(RequestReader.Revision(http.Request), http.RequestAborted));
        return TypedResults.NoContent();
    }

    private static JsonHttpResult<FollowedObject> Answer(HttpContext http, Changed changed, int status)
    {
        Tag(http, changed.Revision);
        return TypedResults.Json(changed.Object, ControlJson.Default.FollowedObject, statusCode: status);
    }

    private static void Tag(HttpContext http, long revision) => http.Response.Headers.ETag = $"\"{revision}\"";
}
