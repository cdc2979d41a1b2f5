using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A crop whose pixels are sorted into GrabCut's classes as a prompt says.</summary>
internal sealed class SeededCrop : IDisposable
{
    /// <summary>GrabCut's rounds: most of what they change, the first two do.</summary>
    public const int Rounds = 5;

    /// <summary>A crop of background alone.</summary>
    /// <param name="picture">BGR; it stays the caller's.</param>
    /// <param name="around">What the prompt covers, in pixels of the frame.</param>
    /// <param name="margin">What is looked at around it.</param>
    /// <param name="longestSide">The crop's bound.</param>
    public SeededCrop(Mat picture, Rect around, int margin, int longestSide)
    {
        Crop = new PictureCrop(picture, around, margin, longestSide);
        Classes = new Mat(Crop.Size, MatType.CV_8UC1, GrabCut.Background);
    }

    /// <summary>The picture.</summary>
    public PictureCrop Crop { get; }

    /// <summary>A class a pixel.</summary>
    public Mat Classes { get; }

    /// <summary>Makes points sure, with a small disc around each.</summary>
    public void Stamp(PromptOnFrame prompt)
    {
        var radius = Math.Max(1, Math.Max(Crop.Size.Width, Crop.Size.Height) / 100);
        foreach (var point in prompt.Outside.Where(Crop.Place.Contains))
        {
            Cv2.Circle(Classes, Crop.To(point), 2 * radius, GrabCut.Background, -1);
        }

        foreach (var point in prompt.Inside.Where(Crop.Place.Contains))
        {
            Cv2.Circle(Classes, Crop.To(point), radius, GrabCut.Foreground, -1);
        }
    }

    /// <summary>Lets GrabCut decide. Returns 255 on the object, of the crop's size; the caller disposes it.</summary>
    public Mat Decide() => GrabCut.Decide(Crop.Picture, Classes, Rounds);

    /// <inheritdoc/>
    public void Dispose()
    {
        Classes.Dispose();
        Crop.Dispose();
    }
}
