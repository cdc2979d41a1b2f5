using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>
/// Simulates a tracker's window: placed around the object's box of the previous video frame, kept while the object fits, moved or scaled
/// when
/// the object does not fit, and misplaced at times, as after a wrong mask.
/// </summary>
/// <param name="picture">The picture's size.</param>
/// <param name="crop">The crop's size.</param>
/// <param name="random">The random generator.</param>
internal sealed class WindowPath(Size picture, Size crop, Random random)
{
    // The object's share of the crop's side, the margin in units of √area of the box, and the largest magnification.
    private const double LeastFill = 0.22, MostFill = 0.75, Margin = 0.15, LargestScale = 2;

    // The window is kept while it contains the box with this share of the margin, and its scale is off by at most this factor.
    private const double KeptMargin = 0.4, KeptScale = 1.2;

    // Largest scale change per frame, growth without an object, and probability and size of misplacements.
    private const double LargestChange = 1.25, Growth = 1.414, MistakeShare = 0.12, Shift = 0.2, ScaleError = 0.35;

    private readonly double _fill = LeastFill * Math.Pow(MostFill / LeastFill, random.NextDouble());

    /// <summary>Draws the windows of a clip.</summary>
    /// <param name="known">
    /// The object's box as a tracker knows it when each frame is cut, in picture pixels: for the first frame its own box, for the others
    /// the box of the previous video frame. Empty if the object is not visible; never empty for the first frame.
    /// </param>
    public View[] Draw(IReadOnlyList<Rect> known)
    {
        var views = new View[known.Count];
        views[0] = Place(Aim(known[0]));
        for (var t = 1; t < views.Length; t++)
        {
            var (before, box) = (views[t - 1], known[t]);
            if (random.NextDouble() < MistakeShare)
            {
                views[t] = Place(before with
                {
                    X = before.X + (Shift * crop.Width / before.Scale * Motion.Either(random)),
                    Y = before.Y + (Shift * crop.Height / before.Scale * Motion.Either(random)),
                    Scale = before.Scale * Math.Exp(ScaleError * Motion.Either(random)),
                });
            }
            else if (box.Width == 0)
            {
                views[t] = Place(before with { Scale = before.Scale / Growth });
            }
            else
            {
                views[t] = Near(before, box) ? Follow(before, box) : Place(Aim(box));
            }
        }

        return views;
    }

    /// <summary>Whether the object is still at the window's position; after a large step the window starts anew.</summary>
    private bool Near(View view, Rect box) =>
        Math.Abs(box.X + (box.Width / 2.0) - view.X) < crop.Width / view.Scale / 2
        && Math.Abs(box.Y + (box.Height / 2.0) - view.Y) < crop.Height / view.Scale / 2;

    private View Follow(View before, Rect box)
    {
        var wanted = Place(Aim(box));
        var fits = wanted.Scale / before.Scale is > 1 / KeptScale and < KeptScale;
        if (fits && Holds(before, box))
        {
            return before;
        }

        var scale = fits ? before.Scale : Math.Clamp(wanted.Scale, before.Scale / LargestChange, before.Scale * LargestChange);
        return Place(wanted with { Scale = scale });
    }

    /// <summary>A window around a box, off-centre.</summary>
    private View Aim(Rect box)
    {
        var side = Math.Sqrt((double)box.Width * box.Height);
        var scale = _fill * Math.Sqrt((double)crop.Width * crop.Height) / side;
        var margin = 2 * Margin * side;
        scale = Math.Min(scale, Math.Min(crop.Width / (box.Width + margin), crop.Height / (box.Height + margin)));
        scale = Math.Min(scale, LargestScale);
        var (roomX, roomY) = (Room(crop.Width / scale, box.Width), Room(crop.Height / scale, box.Height));
        return new View(
            box.X + (box.Width / 2.0) + (roomX * Motion.Either(random)),
            box.Y + (box.Height / 2.0) + (roomY * Motion.Either(random)),
            scale);
    }

    // Half of the space that the box leaves.
    private static double Room(double view, double box) => Math.Max(0, (view - box) / 4);

    private bool Holds(View view, Rect box)
    {
        var margin = KeptMargin * Margin * Math.Sqrt((double)box.Width * box.Height);
        var (halfWidth, halfHeight) = (crop.Width / view.Scale / 2, crop.Height / view.Scale / 2);
        return Inside(box.Left, margin, view.X - halfWidth, 0, 1) && Inside(box.Right, margin, view.X + halfWidth, picture.Width, -1)
            && Inside(box.Top, margin, view.Y - halfHeight, 0, 1) && Inside(box.Bottom, margin, view.Y + halfHeight, picture.Height, -1);
    }

    // No margin is needed beyond the picture's edge.
    private static bool Inside(double side, double margin, double window, double edge, int sign) =>
        Math.Abs(window - edge) < 1 || sign * (side - (sign * margin) - window) >= 0;

    private View Place(View view)
    {
        var least = View.WholePicture(picture, crop);
        return (view with { Scale = Math.Clamp(view.Scale, least, Math.Max(LargestScale, least)) }).Inside(picture, crop);
    }
}
