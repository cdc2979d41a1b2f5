using System.Text;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Output.Preview;

namespace SwiftNet.Live.Web;

/// <summary>The preview stream of one viewer: always the newest picture, at the viewer's own rate.</summary>
internal static class MjpegStream
{
    /// <summary>The stream's content type.</summary>
    public const string ContentType = $"multipart/x-mixed-replace; boundary={Boundary}";

    private const string Boundary = "frame";

    /// <summary>Sends pictures until the viewer disconnects or the stream ends.</summary>
    public static async Task SendAsync(MjpegPreview preview, HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = ContentType;
        try
        {
            // Send the headers immediately, so that a viewer is connected before the first picture.
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
            // The viewer disconnected, or the service stops.
        }
    }

    // Frame number and time accompany the picture, so that a prompt can refer to the exact frame.
    private static byte[] HeadOf(PreviewPicture picture) => Encoding.ASCII.GetBytes(
        $"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Jpeg.Length}\r\nX-Frame-Id: "
            + $"{picture.Frame}\r\nX-Frame-Time: {picture.Time:O}\r\n\r\n");
}
