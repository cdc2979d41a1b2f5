using OpenCvSharp;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>Takes an object out of a picture: its surroundings are painted over it.</summary>
internal static class ObjectEraser
{
    // Inpainted at a quarter of the size: what is painted is smooth anyway, and it takes a sixteenth of the time.
    private const int Shrink = 4;

    // Pixels around the mask, at that size, that go too: soft edges and the object's closest shadow.
    private const int Margin = 4;
    private const double Radius = 3;

    /// <summary>Paints over the objects of a mask.</summary>
    /// <param name="bgr">The picture, BGR, 8 bit, rows without padding.</param>
    /// <param name="mask">The objects, of the picture's size.</param>
    public static void Erase(byte[] bgr, IdMask mask)
    {
        using var picture = Mat.FromPixelData(mask.Height, mask.Width, MatType.CV_8UC3, bgr);
        using var ids = Mat.FromPixelData(mask.Height, mask.Width, MatType.CV_8UC1, mask.Ids);
        using var objects = new Mat();
        using var smallPicture = new Mat();
        using var smallObjects = new Mat();
        using var around = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * Margin) + 1, (2 * Margin) + 1));
        using var painted = new Mat();
        using var large = new Mat();
        var small = new Size(mask.Width / Shrink, mask.Height / Shrink);
        Cv2.Compare(ids, Scalar.All(0), objects, CmpTypes.NE);
        Cv2.Resize(picture, smallPicture, small, interpolation: InterpolationFlags.Area);
        Cv2.Resize(objects, smallObjects, small, interpolation: InterpolationFlags.Area);
        Cv2.Compare(smallObjects, Scalar.All(0), smallObjects, CmpTypes.NE);
        Cv2.Dilate(smallObjects, smallObjects, around);
        Cv2.Inpaint(smallPicture, smallObjects, painted, Radius, InpaintTypes.Telea);
        Cv2.Resize(painted, large, picture.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.Resize(smallObjects, objects, picture.Size(), interpolation: InterpolationFlags.Nearest);
        large.CopyTo(picture, objects);
    }
}
