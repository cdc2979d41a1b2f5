using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>The part of a picture that a crop shows.</summary>
/// <param name="X">The picture's column at the centre of the crop.</param>
/// <param name="Y">The picture's row at the centre of the crop.</param>
/// <param name="Scale">Crop pixels per picture pixel.</param>
internal readonly record struct View(double X, double Y, double Scale)
{
    /// <summary>
    /// The view, shifted as little as needed to stay inside the picture; centred if it is larger than the picture.
    /// </summary>
    public View Inside(Size picture, Size crop)
    {
        var (width, height) = (crop.Width / Scale, crop.Height / Scale);
        return this with { X = Clamp(X, width, picture.Width), Y = Clamp(Y, height, picture.Height) };
    }

    /// <summary>The pose of the picture in the crop.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="crop">The crop's size.</param>
    /// <param name="angle">Rotation in radians.</param>
    /// <param name="flipped">Whether the picture is mirrored horizontally.</param>
    public Pose Pose(Size picture, Size crop, double angle, bool flipped)
    {
        // A pose gives the position of the picture's own centre.
        var pose = new Pose(0, 0, Scale, angle, 0, flipped);
        var (dx, dy) = pose.Apply(X - (picture.Width / 2.0), Y - (picture.Height / 2.0));
        return pose with { X = (crop.Width / 2.0) - dx, Y = (crop.Height / 2.0) - dy };
    }

    /// <summary>The smallest scale at which the crop lies inside the picture.</summary>
    public static double WholePicture(Size picture, Size crop) =>
        Math.Max((double)crop.Width / picture.Width, (double)crop.Height / picture.Height);

    private static double Clamp(double centre, double view, double side) =>
        Math.Clamp(centre, Math.Min(view / 2, side / 2), Math.Max(side - (view / 2), side / 2));
}
