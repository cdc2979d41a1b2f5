using System.Text.Json.Serialization;
using SwiftNet.Sights;

namespace SwiftNet.Tracking;

/// <summary>Where one object was, in camera pixels: what a window has to follow. Knows no time but steps.</summary>
internal record struct BoxHistory
{
    // What a step leaves of the largest sides: what is hidden for a moment does not shrink the window onto what is left.
    private const double Fade = 0.99;

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

    /// <summary>Begins with what is known of an object that was followed in whole frames.</summary>
    public static BoxHistory Of(SightHistory sight, int frameWidth, int frameHeight)
    {
        var unit = Math.Sqrt((double)frameWidth * frameHeight);
        var side = Math.Max(1, sight.Last.Side * unit);
        return new BoxHistory(BoundingBox.Around(sight.Last.X * unit, sight.Last.Y * unit, side, side)) { Missed = sight.Unseen };
    }

    /// <summary>The newest box that was believed.</summary>
    public BoundingBox Seen { get; set; }

    /// <summary>The largest width, fading.</summary>
    public double Width { get; set; }

    /// <summary>The largest height, fading.</summary>
    public double Height { get; set; }

    /// <summary>Column of the centre, where it is expected while the object is not seen.</summary>
    public double CentreX { get; set; }

    /// <summary>Row of the centre.</summary>
    public double CentreY { get; set; }

    /// <summary>Columns a step, smoothed.</summary>
    public double VelocityX { get; set; }

    /// <summary>Rows a step, smoothed.</summary>
    public double VelocityY { get; set; }

    /// <summary>Steps since a box was believed.</summary>
    public int Missed { get; set; }

    /// <summary>Where the object is expected, as large as it has been lately.</summary>
    [JsonIgnore]
    public readonly BoundingBox Expected => BoundingBox.Around(CentreX, CentreY, Width, Height);

    /// <summary>The object was seen.</summary>
    public void See(BoundingBox box)
    {
        var steps = 1 + Missed;
        if (box.Width * box.Height >= WholeShare * Width * Height)
        {
            // Two steps apart the centre has moved by two velocities; a jump after a long absence gives no velocity.
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

    /// <summary>The same in another frame, where one part of the picture has another place and size.</summary>
    /// <param name="from">The part in the old frame.</param>
    /// <param name="to">The same part in the new frame.</param>
    public readonly BoxHistory Move(FrameWindow from, FrameWindow to)
    {
        var (x, y) = ((double)to.Width / from.Width, (double)to.Height / from.Height);
        return this with
        {
            Seen = new BoundingBox(to.X + ((Seen.X - from.X) * x), to.Y + ((Seen.Y - from.Y) * y), Seen.Width * x, Seen.Height * y),
            Width = Width * x,
            Height = Height * y,
            CentreX = to.X + ((CentreX - from.X) * x),
            CentreY = to.Y + ((CentreY - from.Y) * y),
            VelocityX = VelocityX * x,
            VelocityY = VelocityY * y,
        };
    }
}
