namespace SwiftNet.Tracking;

/// <summary>
/// Which window shows what is followed: close enough to see it well, with context around it, and changed as seldom as can be. A pure function of the
/// window before and of what is followed.
/// </summary>
/// <param name="frameWidth">Columns of the camera's frame.</param>
/// <param name="frameHeight">Rows of the camera's frame.</param>
/// <param name="whole">The window of the whole frame; its network pixels are the budget that no window goes beyond.</param>
/// <param name="rules">The numbers; null for those that ship.</param>
internal sealed class WindowPolicy(int frameWidth, int frameHeight, FrameWindow whole, WindowRules? rules = null)
{
    /// <summary>Sides of a window's network picture are multiples of this, two memory pixels.</summary>
    public const int Step = 32;

    /// <summary>The shortest side of a window's network picture.</summary>
    public const int ShortestSide = 64;

    private readonly WindowRules _rules = rules ?? WindowRules.Default;

    /// <summary>The window of the whole frame.</summary>
    public FrameWindow Whole { get; } = whole;

    /// <summary>Network pixels that a window may have; those of <see cref="Whole"/> with its padding until something else is set.</summary>
    public int Budget { get; init; } = (whole.NetworkWidth + 15) / 16 * 16 * ((whole.NetworkHeight + 15) / 16 * 16);

    /// <summary>A window for a target that is certain.</summary>
    public FrameWindow Begin(WindowTarget target) => Shape(target);

    /// <summary>The window of the next step; the same one where it still serves.</summary>
    public FrameWindow Next(FrameWindow current, WindowTarget target)
    {
        if (target.Missed > 0)
        {
            return current.IsWhole ? current : Widen(current, target);
        }

        var touches = Touches(current, target.Seen);
        var scale = Wanted(target).Scale;
        var fits = scale < _rules.Hysteresis * current.Scale && current.Scale < _rules.Hysteresis * scale;
        if (fits && !touches && ReachesSides(current.Box, target.Wanted(_rules.Margin * _rules.Inner, frameWidth, frameHeight)))
        {
            return current;
        }

        if (fits && !touches)
        {
            var needed = target.Wanted(_rules.Margin * (_rules.Inner + 0.2), frameWidth, frameHeight);
            if (needed.Width <= current.Width && needed.Height <= current.Height)
            {
                return current.MoveTo(needed.CentreX, needed.CentreY);
            }
        }

        return Shape(touches ? target with { Box = target.Box.Times(1 + (2 * _rules.RimGrowth)) } : target);
    }

    /// <summary>The region that a target needs, with as much context as costs no scale, and the scale at which it can be seen.</summary>
    private (BoundingBox Region, double Scale) Wanted(WindowTarget target)
    {
        var region = target.Wanted(_rules.Margin, frameWidth, frameHeight);
        if (region.Width * region.Height > _rules.WholeShare * frameWidth * frameHeight)
        {
            return (Whole.Box, Whole.Scale);
        }

        // Beyond the camera's own pixels only what is still small in them.
        var most = Math.Clamp(_rules.EnoughPixels / Math.Max(1, target.Box.Side), Math.Min(1, _rules.Magnification), _rules.Magnification);
        for (var margin = _rules.Context; margin > _rules.Margin; margin -= 0.05)
        {
            var more = target.Wanted(margin, frameWidth, frameHeight);
            if (Math.Sqrt(Budget / (more.Width * more.Height)) >= most)
            {
                return (more, most);
            }
        }

        return (region, Math.Min(most, Math.Sqrt(Budget / (region.Width * region.Height))));
    }

    private FrameWindow Shape(WindowTarget target)
    {
        var (region, scale) = Wanted(target);
        if (region == Whole.Box)
        {
            return Whole;
        }

        // The network's sides: multiples of 32 at this scale, no larger than the frame at this scale.
        var (wide, high) = (Side(region.Width * scale, scale * frameWidth), Side(region.Height * scale, scale * frameHeight));
        while ((long)wide * high > Budget && (wide > ShortestSide || high > ShortestSide))
        {
            // The side that has most to spare gives, and if both are short the scale does.
            if (high <= ShortestSide || (wide > ShortestSide && wide - (region.Width * scale) >= high - (region.Height * scale)))
            {
                wide -= Step;
            }
            else
            {
                high -= Step;
            }
        }

        scale = Math.Min(scale, Math.Max(Math.Min(wide / region.Width, high / region.Height), Math.Max((double)wide / frameWidth, (double)high / frameHeight)));
        var (width, height) = (Math.Min(frameWidth, (int)Math.Round(wide / scale)), Math.Min(frameHeight, (int)Math.Round(high / scale)));
        return new FrameWindow(0, 0, width, height, wide, high, frameWidth, frameHeight).MoveTo(region.CentreX, region.CentreY);
    }

    /// <summary>A larger part of the frame at the same network size, around where the objects are expected; at last the whole frame.</summary>
    private FrameWindow Widen(FrameWindow current, WindowTarget target)
    {
        var (width, height) = ((int)(_rules.LostGrowth * current.Width), (int)(_rules.LostGrowth * current.Height));
        return width <= frameWidth && height <= frameHeight
            ? (current with { Width = width, Height = height }).MoveTo(target.Box.CentreX, target.Box.CentreY)
            : Whole;
    }

    private static int Side(double wanted, double most)
    {
        var side = Math.Max(ShortestSide, (int)Math.Round(wanted / Step) * Step);
        while (side > most + 0.5 && side > Step)
        {
            side -= Step;
        }

        return side;
    }

    // A window that ends where the frame does shows all that there is on that side.
    private bool ReachesSides(BoundingBox window, BoundingBox inner) =>
        (inner.X >= window.X || window.X <= 0) && (inner.Y >= window.Y || window.Y <= 0)
        && (inner.Right <= window.Right || window.Right >= frameWidth) && (inner.Bottom <= window.Bottom || window.Bottom >= frameHeight);

    private bool Touches(FrameWindow window, BoundingBox seen) =>
        (window.X > 0 && seen.X <= window.X + 1) || (window.Y > 0 && seen.Y <= window.Y + 1)
        || (window.X + window.Width < frameWidth && seen.Right >= window.X + window.Width - 1)
        || (window.Y + window.Height < frameHeight && seen.Bottom >= window.Y + window.Height - 1);
}
