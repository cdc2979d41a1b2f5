namespace SwiftNet.Tracking;

/// <summary>Where one object was, in camera pixels: what a window has to follow. Knows no time but steps.</summary>
internal record struct BoxHistory
{
    // What a step leaves of the largest sides: what is hidden for a moment does not shrink the window onto what is left.
    private const double Fade = 0.98;

    // What a step adds to the smoothed velocity.
    private const double VelocityShare = 0.5;

    // Of the box that was expected, the share of the area below which it shows a part of the object, whose centre is not the object's.
    private const double WholeShare = 0.6;

    /// <summary>Begins with a box that is certain.</summary>
    public BoxHistory(BoundingBox given)
    {
        (Seen, Width, Height) = (given, given.Width, given.Height);
        (CentreX, CentreY) = (given.CentreX, given.CentreY);
    }

    /// <summary>The newest box that was believed.</summary>
    public BoundingBox Seen { get; private set; }

    /// <summary>The largest width, fading.</summary>
    public double Width { get; private set; }

    /// <summary>The largest height, fading.</summary>
    public double Height { get; private set; }

    /// <summary>Column of the centre, where it is expected while the object is not seen.</summary>
    public double CentreX { get; private set; }

    /// <summary>Row of the centre.</summary>
    public double CentreY { get; private set; }

    /// <summary>Columns a step, smoothed.</summary>
    public double VelocityX { get; private set; }

    /// <summary>Rows a step, smoothed.</summary>
    public double VelocityY { get; private set; }

    /// <summary>Steps since a box was believed.</summary>
    public int Missed { get; private set; }

    /// <summary>Where the object is expected, as large as it has been lately.</summary>
    public readonly BoundingBox Expected => BoundingBox.Around(CentreX, CentreY, Width, Height);

    /// <summary>The object was seen.</summary>
    public void See(BoundingBox box)
    {
        var steps = 1 + Missed;
        if (box.Width * box.Height >= WholeShare * Width * Height)
        {
            // Two steps apart the centre has moved by two velocities; a jump after a long absence tells none.
            var (fromX, fromY) = (Seen.CentreX, Seen.CentreY);
            VelocityX += VelocityShare * (((box.CentreX - fromX) / steps) - VelocityX);
            VelocityY += VelocityShare * (((box.CentreY - fromY) / steps) - VelocityY);
        }

        (Width, Height) = (Math.Max(box.Width, Fade * Width), Math.Max(box.Height, Fade * Height));
        (Seen, CentreX, CentreY, Missed) = (box, box.CentreX, box.CentreY, 0);
    }

    /// <summary>The object was not seen: it is expected to go on as it went.</summary>
    /// <param name="frameWidth">Columns of the frame, which it does not leave.</param>
    /// <param name="frameHeight">Rows of the frame.</param>
    public void Miss(int frameWidth, int frameHeight)
    {
        Missed++;
        (CentreX, CentreY) = (Math.Clamp(CentreX + VelocityX, 0, frameWidth), Math.Clamp(CentreY + VelocityY, 0, frameHeight));
    }

    /// <summary>The same at another resolution of the camera.</summary>
    public readonly BoxHistory Scale(double x, double y) => this with
    {
        Seen = new BoundingBox(Seen.X * x, Seen.Y * y, Seen.Width * x, Seen.Height * y),
        Width = Width * x,
        Height = Height * y,
        CentreX = CentreX * x,
        CentreY = CentreY * y,
        VelocityX = VelocityX * x,
        VelocityY = VelocityY * y,
    };
}
