using OpenCvSharp;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>Makes prompts for an object as a user would: a box around it, or a click in the middle of what is most wrong.</summary>
internal static class SimulatedUser
{
    /// <summary>The object's own box.</summary>
    /// <param name="truth">0 or 1.</param>
    public static double[] Box(Mat truth)
    {
        var box = Cv2.BoundingRect(truth);
        return [box.X, box.Y, box.Width, box.Height];
    }

    /// <summary>The pixel farthest from the border of the largest connected part that is missing or too much; null where nothing is
    /// wrong.</summary>
    /// <param name="truth">0 or 1.</param>
    /// <param name="found">0 or 1.</param>
    public static PromptPoint? NextPoint(Mat truth, Mat found)
    {
        using var missing = new Mat();
        using var tooMuch = new Mat();
        Cv2.Compare(truth, found, missing, CmpTypes.GT);
        Cv2.Compare(found, truth, tooMuch, CmpTypes.GT);
        using var add = Largest(missing, out var missed);
        using var take = Largest(tooMuch, out var added);
        if (missed == 0 && added == 0)
        {
            return null;
        }

        var middle = Middle(missed >= added ? add : take);
        return new PromptPoint(middle.X, middle.Y, missed >= added);
    }

    private static Mat Largest(Mat wrong, out int area)
    {
        using var parts = new Mat();
        using var statistics = new Mat();
        using var centres = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(wrong, parts, statistics, centres);
        var (largest, part) = (0, new Mat());
        area = 0;
        for (var i = 1; i < count; i++)
        {
            var size = statistics.At<int>(i, (int)ConnectedComponentsTypes.Area);
            (largest, area) = size > area ? (i, size) : (largest, area);
        }

        Cv2.Compare(parts, new Scalar(largest), part, CmpTypes.EQ);
        return part;
    }

    private static Point Middle(Mat part)
    {
        // The picture's border is one as well.
        using var framed = new Mat();
        using var depth = new Mat();
        Cv2.CopyMakeBorder(part, framed, 1, 1, 1, 1, BorderTypes.Constant, Scalar.Black);
        Cv2.DistanceTransform(framed, depth, DistanceTypes.L2, DistanceTransformMasks.Mask5);
        Cv2.MinMaxLoc(depth, out _, out Point deepest);
        return new Point(deepest.X - 1, deepest.Y - 1);
    }
}
