namespace SwiftNet.Training.Clips;

/// <summary>Pose of a layer in a frame: position, scale, rotation and shear.</summary>
/// <param name="X">Column of the centre, in frame pixels.</param>
/// <param name="Y">Row of the centre, in frame pixels.</param>
/// <param name="Scale">Frame pixels per layer pixel.</param>
/// <param name="Angle">Rotation in radians.</param>
/// <param name="Slant">Shear; 0 = none.</param>
/// <param name="Flipped">Whether the layer is mirrored horizontally.</param>
internal readonly record struct Pose(double X, double Y, double Scale, double Angle, double Slant, bool Flipped)
{
    /// <summary>Maps a point relative to the layer's centre into the frame.</summary>
    public (double X, double Y) Apply(double u, double v)
    {
        u = (Flipped ? -u : u) + (Slant * v);
        var (sin, cos) = Math.SinCos(Angle);
        return (X + (Scale * ((cos * u) - (sin * v))), Y + (Scale * ((sin * u) + (cos * v))));
    }

    /// <summary>The inverse map: u = a·x + b·y + c and v = d·x + e·y + f.</summary>
    public (double A, double B, double C, double D, double E, double F) Inverse()
    {
        var (sin, cos) = Math.SinCos(Angle);
        // v = (−sin·dx + cos·dy)/s; ±u = (cos·dx + sin·dy)/s − slant·v.
        var (d, e) = (-sin / Scale, cos / Scale);
        var sign = Flipped ? -1 : 1;
        var (a, b) = (sign * ((cos / Scale) - (Slant * d)), sign * ((sin / Scale) - (Slant * e)));
        return (a, b, -((a * X) + (b * Y)), d, e, -((d * X) + (e * Y)));
    }
}

/// <summary>Largest motion from frame to frame.</summary>
/// <param name="Shift">Translation, relative to the frame's smaller side.</param>
/// <param name="Growth">Logarithm of the scale change.</param>
/// <param name="Turn">Rotation in radians.</param>
/// <param name="Slant">Shear.</param>
internal readonly record struct Speed(double Shift, double Growth, double Turn, double Slant)
{
    /// <summary>Speed of pasted objects.</summary>
    public static Speed OfObjects { get; } = new(0.07, 0.07, 0.14, 0.04);

    /// <summary>Speed of the camera over a background.</summary>
    public static Speed OfCamera { get; } = new(0.035, 0.035, 0.05, 0.015);

    /// <summary>With probability <paramref name="share"/> a fifth of this speed, else this speed.</summary>
    public Speed OrSlow(double share, Random random) =>
        random.NextDouble() < share ? new Speed(Shift / 5, Growth / 5, Turn / 5, Slant / 5) : this;
}

/// <summary>Random motion paths: a constant velocity plus a random change per frame.</summary>
internal static class Motion
{
    /// <summary>Draws a path that starts at <paramref name="start"/>.</summary>
    /// <param name="start">The first frame's pose.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="speed">The largest speed.</param>
    /// <param name="side">The frame's smaller side, in pixels.</param>
    /// <param name="random">The random generator.</param>
    public static Pose[] Draw(Pose start, int frames, Speed speed, int side, Random random)
    {
        var pace = random.NextDouble();
        var (x, y) = (Either(random) * speed.Shift * side * pace, Either(random) * speed.Shift * side * pace);
        var (growth, turn, slant) = (Either(random) * speed.Growth, Either(random) * speed.Turn, Either(random) * speed.Slant);
        var path = new Pose[frames];
        path[0] = start;
        for (var t = 1; t < frames; t++)
        {
            var before = path[t - 1];
            path[t] = before with
            {
                X = before.X + x + (Either(random) * speed.Shift * side * 0.3),
                Y = before.Y + y + (Either(random) * speed.Shift * side * 0.3),
                Scale = before.Scale * Math.Exp(growth + (Either(random) * speed.Growth * 0.3)),
                Angle = before.Angle + turn + (Either(random) * speed.Turn * 0.3),
                Slant = Math.Clamp(before.Slant + slant, -0.4, 0.4),
            };
        }

        return path;
    }

    /// <summary>A random number between −1 and 1.</summary>
    public static double Either(Random random) => (2 * random.NextDouble()) - 1;
}
