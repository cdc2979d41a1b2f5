using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A part of a picture that a crop shows.</summary>
/// <param name="X">The picture's column at the crop's centre.</param>
/// <param name="Y">The picture's row there.</param>
/// <param name="Scale">Crop pixels for a picture pixel.</param>
internal readonly record struct View(double X, double Y, double Scale)
{
    /// <summary>
    /// The same view moved as little as needed not to reach over the picture's edge; in the middle where it is larger than the picture.
    /// </summary>
    public View Inside(Size picture, Size crop)
    {
        var (width, height) = (crop.Width / Scale, crop.Height / Scale);
        return this with { X = Clamp(X, width, picture.Width), Y = Clamp(Y, height, picture.Height) };
    }

    /// <summary>The pose of the picture in the crop.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="crop">The crop's size.</param>
    /// <param name="angle">How far it is turned, in radians.</param>
    /// <param name="flipped">Whether left and right are exchanged.</param>
    public Pose Pose(Size picture, Size crop, double angle, bool flipped)
    {
        // A pose says where the picture's own centre lies.
        var pose = new Pose(0, 0, Scale, angle, 0, flipped);
        var (dx, dy) = pose.Apply(X - (picture.Width / 2.0), Y - (picture.Height / 2.0));
        return pose with { X = (crop.Width / 2.0) - dx, Y = (crop.Height / 2.0) - dy };
    }

    /// <summary>The smallest scale at which the crop shows nothing beyond the picture.</summary>
    public static double WholePicture(Size picture, Size crop) =>
        Math.Max((double)crop.Width / picture.Width, (double)crop.Height / picture.Height);

    private static double Clamp(double centre, double view, double side) =>
        Math.Clamp(centre, Math.Min(view / 2, side / 2), Math.Max(side - (view / 2), side / 2));
}
