using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Computes sampling maps from frame pixels to layer pixels.</summary>
internal static class Warp
{
    /// <summary>For each pixel of a part of the frame, the layer position: the inverse of the pose plus the deformation.</summary>
    /// <param name="pose">The layer's pose.</param>
    /// <param name="bend">The deformation; null = none.</param>
    /// <param name="progress">Position in the clip: 0 = first frame, 1 = last.</param>
    /// <param name="layer">The layer's size.</param>
    /// <param name="box">The part of the frame that the layer covers.</param>
    /// <param name="part">The requested part, inside <paramref name="box"/>.</param>
    /// <returns>Two floats per pixel; the caller disposes it.</returns>
    public static unsafe Mat Map(Pose pose, Bend? bend, double progress, Size layer, Rect box, Rect part)
    {
        var (a, b, c, d, e, f) = pose.Inverse();
        var (u0, v0) = (c + (layer.Width / 2.0) - 0.5, f + (layer.Height / 2.0) - 0.5);
        var map = new Mat(part.Height, part.Width, MatType.CV_32FC2);
        using var field = bend?.At(progress, box.Width, box.Height);
        for (var y = 0; y < part.Height; y++)
        {
            var row = (float*)map.Ptr(y);
            var shift = field is null ? null : (float*)field.Ptr(y + part.Y - box.Y) + (2 * (part.X - box.X));
            for (var x = 0; x < part.Width; x++)
            {
                var (px, py) = (x + part.X + 0.5, y + part.Y + 0.5);
                var (u, v) = ((a * px) + (b * py) + u0, (d * px) + (e * py) + v0);
                if (shift is not null)
                {
                    u += shift[2 * x] * layer.Width;
                    v += shift[(2 * x) + 1] * layer.Height;
                }

                row[2 * x] = (float)u;
                row[(2 * x) + 1] = (float)v;
            }
        }

        return map;
    }

    /// <summary>The part of the frame plane that a layer may cover, not clipped to the frame.</summary>
    public static Rect Box(Pose pose, Size layer, double margin)
    {
        var (w, h) = (layer.Width * (0.5 + margin), layer.Height * (0.5 + margin));
        Span<(double X, double Y)> corners = [pose.Apply(-w, -h), pose.Apply(w, -h), pose.Apply(-w, h), pose.Apply(w, h)];
        var (left, top, right, bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var (x, y) in corners)
        {
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return new Rect(
            (int)Math.Floor(left), (int)Math.Floor(top), (int)Math.Ceiling(right - left) + 2, (int)Math.Ceiling(bottom - top) + 2);
    }
}
