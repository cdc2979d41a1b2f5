using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Control;
using SwiftNet.Live.Control.Api;

namespace SwiftNet.Live.Output.Clips;

/// <summary>The event clips of a camera: listed, played, downloaded, deleted. The parts of a request never form a path: a clip is one of
/// the folder's own, and a file one of <see cref="ClipFiles"/>.</summary>
internal static class ClipEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>Adds their JSON to that of the API.</summary>
    public static IServiceCollection AddClipApi(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ClipJson.Default));

    /// <summary>Maps the endpoints.</summary>
    public static void MapClips(this IEndpointRouteBuilder api, IReadOnlyList<CameraClips> cameras)
    {
        var clips = api.MapGroup("/cameras/{camera}/clips");
        clips.MapGet("", (string camera, long? limit, string? before) => List(Get(cameras, camera), limit ?? DefaultLimit, before))
            .Produces<ClipList>()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
            .WithSummary("The event clips, newest first; `before` is the `next` of the page before");
        foreach (var (name, file, type) in new[]
        {
            ("video", ClipFiles.Video, "video/mp4"),
            ("snapshot", ClipFiles.Snapshot, "image/jpeg"),
            ("picture", ClipFiles.Picture, "image/jpeg"),
            ("crop", ClipFiles.Crop, "image/jpeg"),
        })
        {
            clips.MapGet($"/{{id}}/{name}", (string camera, string id) => Send(Get(cameras, camera), id, file, type))
                .Produces(StatusCodes.Status200OK, contentType: type)
                .Produces(StatusCodes.Status206PartialContent, contentType: type)
                .Fails(StatusCodes.Status404NotFound)
                .WithSummary($"The {name} of a clip, or a range of its bytes")
                .DisableRequestTimeout();
        }

        clips.MapDelete("/{id}", (string camera, string id) => Delete(Get(cameras, camera), id))
            .Produces(StatusCodes.Status204NoContent)
            .FailsAsCommands(StatusCodes.Status409Conflict)
            .WithSummary("Deletes a clip with all of its files");
    }

    private static CameraClips Get(IReadOnlyList<CameraClips> cameras, string name) =>
        cameras.FirstOrDefault(camera => camera.Camera == name)
        ?? throw new ControlRefusedException(Refusal.Unknown, "There is no camera of this name.");

    private static JsonHttpResult<ClipList> List(CameraClips clips, long limit, string? before) => limit is >= 1 and <= MaxLimit
        ? TypedResults.Json(clips.List((int)limit, before), ClipJson.Default.ClipList)
        : throw new ControlRefusedException(Refusal.Malformed, $"limit={limit}: must be a whole number from 1 to {MaxLimit}.");

    private static FileStreamHttpResult Send(CameraClips clips, string id, string file, string type)
    {
        var stream = clips.OpenFile(id, file) ?? throw Unknown();
        var changed = new DateTimeOffset(File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        return TypedResults.Stream(stream, type, lastModified: changed, enableRangeProcessing: true);
    }

    private static NoContent Delete(CameraClips clips, string id)
    {
        try
        {
            return clips.Delete(id) ? TypedResults.NoContent() : throw Unknown();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            const string Why = "The clip cannot be deleted: its folder is not writable, or has other files.";
            throw new ControlRefusedException(Refusal.Conflict, Why, e);
        }
    }

    private static ControlRefusedException Unknown() =>
        new(Refusal.Unknown, "The camera has no clip of this id, or the clip has no such file.");
}
