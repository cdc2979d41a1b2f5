using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>The part of a picture that a prompt is looked at in, scaled down where it is large. What is drawn for it has the crop's size.</summary>
internal sealed class PictureCrop : IDisposable
{
    /// <summary>Cuts out <paramref name="around"/> widened by <paramref name="margin"/> pixels, as far as the picture goes.</summary>
    /// <param name="picture">BGR; it stays the caller's.</param>
    /// <param name="around">In pixels of the frame.</param>
    /// <param name="margin">In pixels of the frame.</param>
    /// <param name="longestSide">The crop's bound, in pixels; 0 for none.</param>
    public PictureCrop(Mat picture, Rect around, int margin, int longestSide)
    {
        Place = Rect.Inflate(around, margin, margin) & new Rect(0, 0, picture.Width, picture.Height);
        Scale = longestSide == 0 ? 1 : Math.Min(1.0, (double)longestSide / Math.Max(Place.Width, Place.Height));
        using var part = new Mat(picture, Place);
        Picture = new Mat();
        Cv2.Resize(part, Picture, new Size(Math.Max(1, (int)Math.Round(Place.Width * Scale)), Math.Max(1, (int)Math.Round(Place.Height * Scale))), 0, 0, InterpolationFlags.Area);
    }

    /// <summary>Where it is in the frame.</summary>
    public Rect Place { get; }

    /// <summary>Pixels of the crop a pixel of the frame, at most 1.</summary>
    public double Scale { get; }

    /// <summary>The picture, BGR.</summary>
    public Mat Picture { get; }

    /// <summary>Its size.</summary>
    public Size Size => Picture.Size();

    /// <summary>A point of the frame, in the crop.</summary>
    public Point To(Point point) => new(
        Math.Clamp((int)((point.X - Place.X + 0.5) * Scale), 0, Size.Width - 1),
        Math.Clamp((int)((point.Y - Place.Y + 0.5) * Scale), 0, Size.Height - 1));

    /// <summary>A box of the frame, in the crop; at least a pixel a side.</summary>
    public Rect To(Rect box)
    {
        var (left, top) = ((int)Math.Round((box.X - Place.X) * Scale), (int)Math.Round((box.Y - Place.Y) * Scale));
        var (right, bottom) = ((int)Math.Round((box.Right - Place.X) * Scale), (int)Math.Round((box.Bottom - Place.Y) * Scale));
        return Rect.FromLTRB(left, top, Math.Max(left + 1, right), Math.Max(top + 1, bottom));
    }

    /// <summary>A mask of the frame, 0 or 1, in the crop: 255 on the object; the caller's.</summary>
    public Mat To(Mat mask)
    {
        using var part = new Mat(mask, Place);
        using var white = new Mat();
        part.ConvertTo(white, MatType.CV_8UC1, 255);
        var small = new Mat();
        Cv2.Resize(white, small, Size, 0, 0, InterpolationFlags.Area);
        Cv2.Threshold(small, small, 127, 255, ThresholdTypes.Binary);
        return small;
    }

    /// <summary>A mask of the crop, 0 or 255, drawn into one of the frame, 0 or 1.</summary>
    public void Draw(Mat found, Mat frame)
    {
        using var full = new Mat();
        Cv2.Resize(found, full, Place.Size, 0, 0, InterpolationFlags.Linear);
        Cv2.Threshold(full, full, 127, 1, ThresholdTypes.Binary);
        using var part = new Mat(frame, Place);
        Cv2.Max(part, full, part);
    }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
