using OpenCvSharp;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>Keeps pictures of prompts and what they gave: the mask red, the true outline white, points green on the object and black beside
/// it.</summary>
internal sealed class PromptPictures(string folder)
{
    /// <summary>Writes one.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(PromptedObject one, string what, Prompt prompt, byte[] found)
    {
        using var picture = Mat.FromPixelData(one.Height, one.Width, MatType.CV_8UC3, (byte[])one.Bgr.Clone());
        using var mask = Mat.FromPixelData(one.Height, one.Width, MatType.CV_8UC1, found);
        using var red = new Mat(picture.Size(), MatType.CV_8UC3, new Scalar(0, 0, 255));
        using var tinted = new Mat();
        Cv2.AddWeighted(picture, 0.5, red, 0.5, 0, tinted);
        tinted.CopyTo(picture, mask);

        using var truth = Mat.FromPixelData(one.Height, one.Width, MatType.CV_8UC1, one.Truth);
        Cv2.FindContours(truth, out var outlines, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        Cv2.DrawContours(picture, outlines, -1, Scalar.White);
        if (prompt.Box is [var x, var y, var width, var height])
        {
            Cv2.Rectangle(picture, new Rect((int)x, (int)y, (int)width, (int)height), new Scalar(0, 255, 0));
        }

        foreach (var point in prompt.Points ?? [])
        {
            Cv2.Circle(picture, new Point(point.X, point.Y), 5, Scalar.White, -1);
            Cv2.Circle(picture, new Point(point.X, point.Y), 4, point.Inside ? new Scalar(0, 200, 0) : Scalar.Black, -1);
        }

        var path = Path.Combine(folder, $"{one.Name}-{what}.png");
        try
        {
            Directory.CreateDirectory(folder);
            Cv2.ImWrite(path, picture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OpenCVException)
        {
            throw new UserErrorException($"The picture {path} cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
