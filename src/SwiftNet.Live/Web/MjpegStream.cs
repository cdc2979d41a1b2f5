using System.Text;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Output.Preview;

namespace SwiftNet.Live.Web;

/// <summary>One viewer of the preview: the newest picture, sent, then the newest again, at the viewer's own pace.</summary>
internal static class MjpegStream
{
    /// <summary>What it is.</summary>
    public const string ContentType = $"multipart/x-mixed-replace; boundary={Boundary}";

    private const string Boundary = "frame";

    /// <summary>Sends pictures until the viewer leaves or there are no more.</summary>
    public static async Task SendAsync(MjpegPreview preview, HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = ContentType;
        try
        {
            // The head goes out at once, so that a viewer knows it is connected before there is a picture.
            await response.Body.FlushAsync(cancellation);
            while (await preview.NextAsync(cancellation) is { } picture)
            {
                await response.Body.WriteAsync(HeadOf(picture), cancellation);
                await response.Body.WriteAsync(picture.Jpeg, cancellation);
                await response.Body.WriteAsync("\r\n"u8.ToArray(), cancellation);
                await response.Body.FlushAsync(cancellation);
            }

            await response.Body.WriteAsync(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"), cancellation);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The viewer left, or we stop.
        }
    }

    // The frame's number and time go with its picture, so that whoever points at something in it can say which picture that was.
    private static byte[] HeadOf(PreviewPicture picture) => Encoding.ASCII.GetBytes(
        $"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Jpeg.Length}\r\nX-Frame-Id: {picture.Frame}\r\nX-Frame-Time: {picture.Time:O}\r\n\r\n");
}
