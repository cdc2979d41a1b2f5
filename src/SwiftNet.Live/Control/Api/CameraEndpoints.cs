using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OpenCvSharp;

namespace SwiftNet.Live.Control.Api;

/// <summary>The cameras, and the pictures to point at.</summary>
internal static class CameraEndpoints
{
    private static readonly ImageEncodingParam s_quality = new(ImwriteFlags.JpegQuality, 90);

    /// <summary>Maps them.</summary>
    public static void MapCameras(this IEndpointRouteBuilder api, ControlledCameras cameras)
    {
        api.MapGet("/cameras", () => TypedResults.Json(cameras.List(), ControlJson.Default.CameraList))
            .Produces<CameraList>()
            .WithSummary("The cameras, each with its newest frame");
        api.MapGet(
            "/cameras/{camera}/snapshot.jpg", (HttpContext http, string camera, long? frame) => Snapshot(http, cameras.Get(camera), frame))
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status410Gone)
            .WithSummary(
                "The newest frame, or an older one while it is kept, without anything drawn in: X-Frame-Id and X-Frame-Time identify it");
    }

    private static FileContentHttpResult Snapshot(HttpContext http, CameraControl camera, long? number)
    {
        if (camera.HidesPictures)
        {
            throw new ControlRefusedException(
                Refusal.Conflict,
                "Output:Privacy hides part of the pictures: none is shown as it was captured. Point at what /stream.mjpg shows.");
        }

        // A client that only polls the newest frame does not push out the frames that others point at.
        using var frame = number is null ? camera.Newest() : camera.Frame(number);
        using var picture = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Bgr);
        http.Response.Headers["X-Frame-Id"] = $"{frame.Number}";
        http.Response.Headers["X-Frame-Time"] = $"{frame.CapturedTime:O}";
        return TypedResults.Bytes(picture.ImEncode(".jpg", s_quality), "image/jpeg");
    }
}
