using OpenCvSharp;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Prompts;

/// <summary>Finds the object of a prompt by the network's own features: where the prompt is sure goes to memory, and the network decides
/// about the rest, in a few rounds.</summary>
/// <remarks>A crop is looked at in one turn on the network, of some 40 ms: with a turn a question, a click would wait for a dozen live
/// frames.</remarks>
internal static class NetworkSearch
{
    private const int Rounds = 3;

    // More points are clicks on details, which would mislead the search in the whole picture (measured).
    private const int TellingPoints = 3;
    private const int LeastMargin = 20;

    // Of a crop's margin in its object's longer side: the network needs to see what the object is not.
    private const double Margin = 0.4;

    // What is sure around a point of an object whose extent is known, in the picture's diagonal.
    private const double PointRadius = 0.02;

    // The bound of the picture in which an object of unknown extent is looked for: smaller is worse for one point, larger for several
    // (measured).
    private const int CoarseSide = 320;

    // What is sure around a point of such an object, small or large.
    private static readonly double[] s_radii = [0.04, 0.08];

    /// <summary>What is the object in a box, drawn into a mask of the frame. False where the network finds nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="picture">BGR.</param>
    /// <param name="box">The box.</param>
    /// <param name="prompt">Its points correct what is found.</param>
    /// <param name="found">The mask, 0 or 1; what it has already stays.</param>
    public static bool Box(SharedNetwork network, Mat picture, Rect box, PromptOnFrame prompt, Mat found)
    {
        var model = network.Open();
        using var turn = network.Take();
        var whole = prompt.Inside.Aggregate(box, (all, point) => all | new Rect(point, new Size(1, 1)));
        using var hints = new HintedCrop(model, picture, whole, MarginOf(whole), prompt, PointRadius * Diagonal(picture));
        var inside = hints.Crop.To(whole);
        using var outside = new Mat(hints.Crop.Size, MatType.CV_8UC1, Scalar.White);
        Cv2.Rectangle(outside, inside, Scalar.Black, -1);
        hints.Trust(outside, always: true);

        // Most objects fill an ellipse in their box, and hardly one leaves its middle free.
        var (centre, half) =
            (new Point(inside.X + (inside.Width / 2), inside.Y + (inside.Height / 2)), new Size(inside.Width / 2, inside.Height / 2));
        Cv2.Ellipse(hints.Mask, centre, half, 0, 0, 360, Scalar.All(1), -1);
        using var middle = new Mat(hints.Crop.Size, MatType.CV_8UC1, Scalar.Black);
        Cv2.Ellipse(middle, centre, new Size(0.7 * half.Width, 0.7 * half.Height), 0, 0, 360, Scalar.White, -1);
        if (!hints.Trust(middle, always: false))
        {
            hints.Trust(centre);
        }

        hints.Decide(Rounds, outside);
        return Draw(hints, found);
    }

    /// <summary>What a rough polygon means, drawn into a mask of the frame.</summary>
    /// <inheritdoc cref="Box"/>
    /// <param name="network">The network.</param>
    /// <param name="picture">BGR.</param>
    /// <param name="corners">The polygon's.</param>
    /// <param name="prompt">Its points correct what is found.</param>
    /// <param name="found">The mask.</param>
    public static bool Polygon(SharedNetwork network, Mat picture, Point[] corners, PromptOnFrame prompt, Mat found)
    {
        var model = network.Open();
        using var turn = network.Take();
        var extent = Cv2.BoundingRect(corners);
        using var hints = new HintedCrop(model, picture, extent, MarginOf(extent), prompt, PointRadius * Diagonal(picture));
        using var seeds = new PolygonShape(corners, hints.Crop);
        hints.Mask.SetTo(Scalar.All(1), seeds.Polygon);
        hints.Trust(seeds.SurelyInside, always: false);
        hints.Trust(seeds.SurelyOutside, always: true);
        hints.Decide(Rounds);
        return Draw(hints, found);
    }

    /// <summary>The object that points alone mark, drawn into a mask of the frame. The first points select the object; later points that
    /// disagree with the result correct it where they are, and no more.</summary>
    /// <inheritdoc cref="Box"/>
    public static bool Points(SharedNetwork network, Mat picture, PromptOnFrame prompt, Mat found)
    {
        var model = network.Open();
        using var turn = network.Take();
        var told = prompt.First(TellingPoints);
        if (!FirstPoints(turn, model, picture, told, found, out var losesFirst))
        {
            return false;
        }

        if (losesFirst && told.Points.Length > 1)
        {
            // The points that follow were taken for another object: the first one says which it is, and they correct it.
            using var byOne = new Mat(found.Size(), found.Type(), Scalar.Black);
            turn.Pass();
            if (FirstPoints(turn, model, picture, prompt.First(1), byOne, out _))
            {
                turn.Pass();
                found.SetTo(Scalar.Black);
                Correct(model, picture, byOne, told, found);
            }
        }

        if (prompt.Points.Skip(TellingPoints).Any(p => (found.At<byte>(p.Pixel.Y, p.Pixel.X) != 0) != p.Inside))
        {
            using var sofar = found.Clone();
            turn.Pass();
            Correct(model, picture, sofar, prompt, found);
        }

        return true;
    }

    // First in the whole picture, then in the part where the object is.
    private static bool FirstPoints(
        SharedNetwork.Turn turn, SwiftNetModel model, Mat picture, PromptOnFrame prompt, Mat found, out bool losesFirst)
    {
        var whole = new Rect(0, 0, picture.Width, picture.Height);
        using var coarse = new HintedCrop(model, picture, whole, 0, prompt, 0, CoarseSide);
        var (least, likeliest) = (double.PositiveInfinity, 0.0);
        using var mask = new Mat(coarse.Crop.Size, MatType.CV_32FC1, Scalar.Black);
        foreach (var radius in s_radii)
        {
            var doubt = Around(coarse, radius * Diagonal(picture));
            if (doubt < least)
            {
                (least, likeliest) = (doubt, radius * Diagonal(picture));
                coarse.Mask.CopyTo(mask);
            }

            turn.Pass();
        }

        // One round finds the best candidate; the other rounds refine it.
        mask.CopyTo(coarse.Mask);
        coarse.Restart(likeliest);
        coarse.TrustMask();
        coarse.Decide(Rounds - 1);
        losesFirst = coarse.LeavesOutFirst;
        coarse.KeepPointed();
        using var rough = coarse.Likelier();
        var extent = Cv2.BoundingRect(rough);
        if (extent.Width == 0)
        {
            return false;
        }

        turn.Pass();
        return Closer(model, picture, prompt, coarse, extent, found);
    }

    /// <summary>A mask as points correct it, drawn into a mask of the frame: what hangs together with the points changes, and nothing
    /// else.</summary>
    /// <inheritdoc cref="Box"/>
    /// <param name="network">The network.</param>
    /// <param name="picture">BGR.</param>
    /// <param name="mask">What to begin with, 0 or 1.</param>
    /// <param name="prompt">At least one point.</param>
    /// <param name="found">The mask.</param>
    public static void Correct(SharedNetwork network, Mat picture, Mat mask, PromptOnFrame prompt, Mat found)
    {
        var model = network.Open();
        using var turn = network.Take();
        Correct(model, picture, mask, prompt, found);
    }

    private static void Correct(SwiftNetModel model, Mat picture, Mat mask, PromptOnFrame prompt, Mat found)
    {
        var extent = Cv2.BoundingRect([.. prompt.Inside, .. prompt.Outside]) | Cv2.BoundingRect(mask);
        using var hints = new HintedCrop(model, picture, extent, MarginOf(extent), prompt, PointRadius * Diagonal(picture));
        using var given = hints.Crop.To(mask);
        using var rest = new Mat();
        Cv2.BitwiseNot(given, rest);
        hints.Mask.SetTo(Scalar.All(1), given);
        hints.TrustMask();
        DoubtWhere(hints, hints.Inside, rest, hints.Outside);
        if (hints.Inside.Count > 0 && hints.Outside.Any(p => given.At<byte>(p.Y, p.X) != 0))
        {
            // The mask holds what it should not: of it only what the points are on is sure.
            using var discs = hints.Discs();
            hints.Doubt(given);
            hints.Trust(discs, always: false);
        }
        else
        {
            DoubtWhere(hints, hints.Outside, given, hints.Inside);
        }

        hints.Decide(Rounds);
        using var opinion = hints.Likelier();
        using var added = new Mat();
        using var taken = new Mat();
        Cv2.BitwiseAnd(opinion, rest, added);
        Cv2.Subtract(given, opinion, taken);
        ConnectedParts.Keep(added, hints.Inside);
        ConnectedParts.Keep(taken, hints.Outside);
        Cv2.Max(found, mask, found);
        hints.Crop.Draw(added, 255, found);
        hints.Crop.Draw(taken, 255, found, 0);
    }

    /// <summary>Puts the network's opinion in the place of a mask of the frame, where it has one.</summary>
    public static void Refine(SharedNetwork network, Mat picture, PromptOnFrame prompt, Mat found)
    {
        var extent = Cv2.BoundingRect(found);
        if (extent.Width == 0)
        {
            return;
        }

        var model = network.Open();
        using var turn = network.Take();
        using var hints = new HintedCrop(model, picture, extent, MarginOf(extent), prompt, PointRadius * Diagonal(picture));
        using var given = hints.Crop.To(found);
        hints.Mask.SetTo(Scalar.All(1), given);
        hints.TrustMask();
        hints.Decide(1);
        found.SetTo(Scalar.Black);
        Draw(hints, found);
    }

    /// <summary>Finds the object of all points at once when an area of this size around each is the object. Returns how unsure the network
    /// is.</summary>
    private static double Around(HintedCrop coarse, double radius)
    {
        coarse.Restart(radius);
        coarse.Mask.SetTo(Scalar.Black);
        using var discs = coarse.Discs();
        coarse.Mask.SetTo(Scalar.All(1), discs);
        using var rim = new Mat(coarse.Crop.Size, MatType.CV_8UC1, Scalar.Black);
        Cv2.Rectangle(rim, new Rect(0, 0, rim.Width, rim.Height), Scalar.White, 2 * HintedPicture.CellSide);
        coarse.Trust(rim, always: false);
        // An object may reach the picture's rim.
        coarse.DoubtLike(coarse.Inside, rim, []);
        coarse.Trust(discs, always: false);
        return coarse.Decide(1);
    }

    private static bool Closer(SwiftNetModel model, Mat picture, PromptOnFrame prompt, HintedCrop coarse, Rect extent, Mat found)
    {
        var scale = 1 / coarse.Crop.Scale;
        var around = Rect.FromLTRB(
            (int)(extent.Left * scale),
            (int)(extent.Top * scale),
            (int)Math.Ceiling(extent.Right * scale),
            (int)Math.Ceiling(extent.Bottom * scale));
        using var hints = new HintedCrop(model, picture, around, MarginOf(around), prompt, PointRadius * Diagonal(picture));
        var place = hints.Crop.Place;
        using var there = new Mat(coarse.Mask, coarse.Crop.To(place) & new Rect(0, 0, coarse.Mask.Width, coarse.Mask.Height));
        Cv2.Resize(there, hints.Mask, hints.Crop.Size, 0, 0, InterpolationFlags.Linear);
        hints.TrustMask();
        hints.Decide(Rounds - 1);
        hints.KeepPointed();
        return Draw(hints, found);
    }

    private static void DoubtWhere(HintedCrop hints, IReadOnlyList<Point> points, Mat wrong, IReadOnlyList<Point> against)
    {
        var contradicting = points.Where(p => wrong.At<byte>(p.Y, p.X) != 0).ToArray();
        if (contradicting.Length > 0)
        {
            hints.DoubtLike(contradicting, wrong, against);
        }
    }

    private static bool Draw(HintedCrop hints, Mat found)
    {
        hints.Crop.Draw(hints.Mask, 1, found);
        using var likelier = hints.Likelier();
        return Cv2.CountNonZero(likelier) > 0;
    }

    private static int MarginOf(Rect extent) => Math.Max(LeastMargin, (int)(Margin * Math.Max(extent.Width, extent.Height)));

    private static double Diagonal(Mat picture) =>
        Math.Sqrt(((double)picture.Width * picture.Width) + ((double)picture.Height * picture.Height));
}
