using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>
/// A thin structure in front of all objects: a fence, twigs or leaves. It is unlabelled, so the true masks get thin holes,
/// which masks of cut-outs never have.
/// </summary>
internal static class ThinOccluder
{
    // Margin beyond the frame on every side, relative to its size, so that the layer may move.
    private const double Reach = 0.25;

    /// <summary>Draws a layer that covers the frame.</summary>
    /// <param name="shape">The batch's shape.</param>
    /// <param name="random">The random generator.</param>
    public static Layer Draw(BatchShape shape, Random random)
    {
        var size = new Size(shape.Width * (1 + (2 * Reach)), shape.Height * (1 + (2 * Reach)));
        var (picture, alpha) = (new Mat(size, MatType.CV_8UC3, Scalar.Black), new Mat(size, MatType.CV_8UC1, Scalar.Black));
        switch (random.Next(3))
        {
            case 0:
                Fence(picture, alpha, random);
                break;
            case 1:
                Twigs(picture, alpha, random);
                break;
            default:
                Leaves(picture, alpha, random);
                break;
        }

        Cv2.GaussianBlur(alpha, alpha, new Size(3, 3), 0);
        var start = new Pose(shape.Width / 2.0, shape.Height / 2.0, 1, 0.15 * Motion.Either(random), 0, random.Next(2) == 0);
        var path = Motion.Draw(start, shape.Frames, Speed.OfCamera, Math.Min(shape.Width, shape.Height), random);
        return new Layer(picture, alpha, 0, path, random.NextDouble() < 0.5 ? new Bend(0.02, random) : null);
    }

    private static void Fence(Mat picture, Mat alpha, Random random)
    {
        var (width, height, thickness, colour) = (picture.Width, picture.Height, random.Next(1, 5), Colour(random));
        var apart = thickness + 6 + random.Next(5, 50);
        var (across, slanted) = (random.NextDouble() < 0.6, random.NextDouble() < 0.3);
        for (var at = random.Next(apart); at < width + height; at += apart)
        {
            var lean = slanted ? height : 0;
            Line(picture, alpha, new Point(at, 0), new Point(at - lean, height), colour, thickness, random);
            if (across)
            {
                var (from, to) = slanted ? (new Point(at - lean, 0), new Point(at, height)) : (new Point(0, at), new Point(width, at));
                Line(picture, alpha, from, to, colour, thickness, random);
            }
        }
    }

    private static void Twigs(Mat picture, Mat alpha, Random random)
    {
        var colour = Colour(random);
        for (var count = random.Next(4, 16); count > 0; count--)
        {
            var along = 2 * Math.PI * random.NextDouble();
            Twig(
                picture,
                alpha,
                new Point2d(random.NextDouble() * picture.Width, random.NextDouble() * picture.Height),
                along,
                1 + (5 * random.NextDouble()),
                colour,
                random);
        }
    }

    private static void Twig(Mat picture, Mat alpha, Point2d from, double along, double thickness, Scalar colour, Random random)
    {
        for (var piece = random.Next(4, 14); piece > 0 && thickness > 0.5; piece--)
        {
            along += 0.35 * Motion.Either(random);
            var length = 8 + (14 * random.NextDouble());
            var to = new Point2d(from.X + (length * Math.Cos(along)), from.Y + (length * Math.Sin(along)));
            Line(picture, alpha, from.ToPoint(), to.ToPoint(), colour, (int)Math.Ceiling(thickness), random);
            if (random.NextDouble() < 0.3)
            {
                Twig(picture, alpha, to, along + (random.Next(2) == 0 ? 0.7 : -0.7), thickness * 0.6, colour, random);
            }

            (from, thickness) = (to, thickness * 0.93);
        }
    }

    private static void Leaves(Mat picture, Mat alpha, Random random)
    {
        var (colour, size) = (Colour(random), 3 + (12 * random.NextDouble()));
        for (var bunch = random.Next(2, 9); bunch > 0; bunch--)
        {
            var (x, y, spread) =
                (random.NextDouble() * picture.Width, random.NextDouble() * picture.Height, size * (2 + (4 * random.NextDouble())));
            for (var count = random.Next(15, 50); count > 0; count--)
            {
                var centre = new Point(
                    x + (spread * (Motion.Either(random) + Motion.Either(random))),
                    y + (spread * (Motion.Either(random) + Motion.Either(random))));
                var axes = new Size(
                    Math.Max(1, size * (0.5 + random.NextDouble())), Math.Max(1, size * (0.2 + (0.4 * random.NextDouble()))));
                var angle = 360 * random.NextDouble();
                Cv2.Ellipse(picture, centre, axes, angle, 0, 360, Near(colour, random), -1);
                Cv2.Ellipse(alpha, centre, axes, angle, 0, 360, Scalar.White, -1);
            }
        }
    }

    private static void Line(Mat picture, Mat alpha, Point from, Point to, Scalar colour, int thickness, Random random)
    {
        // Draw the colour wider than the alpha, so that the soft edge has its colour.
        Cv2.Line(picture, from, to, Near(colour, random), thickness + 4, LineTypes.Link8);
        Cv2.Line(alpha, from, to, Scalar.White, thickness, LineTypes.AntiAlias);
    }

    /// <summary>Greys, browns and greens, more often dark than bright.</summary>
    private static Scalar Colour(Random random)
    {
        var bright = 20 + (220 * random.NextDouble() * random.NextDouble());
        return random.Next(3) switch
        {
            0 => new Scalar(bright, bright, bright),
            1 => new Scalar(bright * 0.4, bright * 0.7, bright),
            _ => new Scalar(bright * 0.4, bright, bright * 0.6),
        };
    }

    private static Scalar Near(Scalar colour, Random random)
    {
        var factor = 0.7 + (0.6 * random.NextDouble());
        return new Scalar(colour.Val0 * factor, colour.Val1 * factor, colour.Val2 * factor);
    }
}
