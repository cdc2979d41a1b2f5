using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>The part of a picture that a prompt is looked at in, scaled down where it is large. What is drawn for it has the crop's
/// size.</summary>
internal sealed class PictureCrop : IDisposable
{
    /// <summary>Cuts out <paramref name="around"/> widened by <paramref name="margin"/> pixels, as far as the picture goes.</summary>
    /// <param name="picture">BGR; it stays the caller's.</param>
    /// <param name="around">In pixels of the frame.</param>
    /// <param name="margin">In pixels of the frame.</param>
    /// <param name="longestSide">The crop's bound, in pixels; 0 for none.</param>
    /// <param name="magnify">How many times a small part may be scaled up to reach the bound; default 1, not at all.</param>
    public PictureCrop(Mat picture, Rect around, int margin, int longestSide, double magnify = 1)
    {
        Place = Rect.Inflate(around, margin, margin) & new Rect(0, 0, picture.Width, picture.Height);
        Scale = longestSide == 0 ? 1 : Math.Min(magnify, (double)longestSide / Math.Max(Place.Width, Place.Height));
        using var part = new Mat(picture, Place);
        Picture = new Mat();
        var size = new Size(Math.Max(1, (int)Math.Round(Place.Width * Scale)), Math.Max(1, (int)Math.Round(Place.Height * Scale)));
        Cv2.Resize(part, Picture, size, 0, 0, Scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
    }

    /// <summary>Where it is in the frame.</summary>
    public Rect Place { get; }

    /// <summary>Pixels of the crop a pixel of the frame.</summary>
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
        Cv2.Resize(white, small, Size, 0, 0, Scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        Cv2.Threshold(small, small, 127, 255, ThresholdTypes.Binary);
        return small;
    }

    /// <summary>What a map of the crop says about a mask of the frame, which becomes <paramref name="value"/> wherever the map, scaled up,
    /// is over half of <paramref name="full"/>, and stays as it is elsewhere.</summary>
    /// <param name="found">The map, of the crop's size.</param>
    /// <param name="full">The map's largest value.</param>
    /// <param name="frame">The mask.</param>
    /// <param name="value">1 for the object, 0 to take away.</param>
    public void Draw(Mat found, double full, Mat frame, int value = 1)
    {
        using var large = new Mat();
        using var mask = new Mat();
        Cv2.Resize(found, large, Place.Size, 0, 0, InterpolationFlags.Linear);
        Cv2.Compare(large, new Scalar(full / 2), mask, CmpTypes.GT);
        using var part = new Mat(frame, Place);
        part.SetTo(Scalar.All(value), mask);
    }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
