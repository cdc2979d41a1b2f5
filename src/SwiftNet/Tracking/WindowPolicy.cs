namespace SwiftNet.Tracking;

/// <summary>
/// Which window shows what is followed: close enough to see it well, with context around it, and changed as seldom as can be. A pure
/// function of the
/// window before and of what is followed.
/// </summary>
/// <param name="frameWidth">Columns of the camera's frame.</param>
/// <param name="frameHeight">Rows of the camera's frame.</param>
/// <param name="options">The bound that a whole frame is scaled down to; its network pixels are the budget of all windows together.</param>
/// <param name="boundScale">Factor of the bound's sides besides; over 0, up to 1.</param>
internal sealed class WindowPolicy(int frameWidth, int frameHeight, WindowOptions options, double boundScale = 1)
{
    /// <summary>Sides of a window's network picture are multiples of this, two memory pixels.</summary>
    public const int Step = 32;

    /// <summary>The shortest side of a window's network picture.</summary>
    public const int ShortestSide = 64;

    private readonly WindowRules _rules = options.Rules;

    /// <summary>Columns of the camera's frame.</summary>
    public int FrameWidth => frameWidth;

    /// <summary>Rows of the camera's frame.</summary>
    public int FrameHeight => frameHeight;

    /// <summary>The whole frame at the full budget.</summary>
    public FrameWindow Whole { get; } = options.Whole(frameWidth, frameHeight, boundScale);

    /// <summary>Network pixels that all windows together may have: those of <see cref="Whole"/> with its padding.</summary>
    public int Budget => Whole.PaddedPixels;

    /// <summary>The whole frame within a part of the budget.</summary>
    /// <param name="budget">Network pixels, with padding.</param>
    public FrameWindow WholeWithin(int budget)
    {
        var (window, factor) = (Whole, boundScale * Math.Sqrt(Math.Min(1, (double)budget / Budget)));
        while (window.PaddedPixels > budget && window.NetworkWidth > 1 && window.NetworkHeight > 1)
        {
            window = options.Whole(frameWidth, frameHeight, factor);
            factor *= 0.98;
        }

        return window;
    }

    /// <summary>The window of a target that is certain.</summary>
    /// <param name="target">What is to be seen.</param>
    /// <param name="budget">Network pixels that the window may have.</param>
    public FrameWindow Begin(WindowTarget target, int budget) => options.Enabled ? Shape(target, budget) : WholeWithin(budget);

    /// <summary>The scale at which a target can be seen.</summary>
    public double ScaleOf(WindowTarget target, int budget) => Wanted(target, budget).Scale;

    /// <summary>Network pixels beyond which a window shows neither more detail nor useful context.</summary>
    public int Needed(WindowTarget target)
    {
        if (target.Missed > 0)
        {
            return Budget / 4;
        }

        var region = target.Wanted(_rules.Context, frameWidth, frameHeight);
        var most = Closest(target);
        return (int)Math.Min(Budget, region.Width * region.Height * most * most);
    }

    /// <summary>The window of the next step; the same one where it still serves.</summary>
    public FrameWindow Next(FrameWindow current, WindowTarget target, int budget)
    {
        if (!options.Enabled)
        {
            return WholeWithin(budget);
        }

        if (target.Missed > 0)
        {
            return Search(current, target, budget);
        }

        if (current.PaddedPixels > budget)
        {
            return Shape(target, budget);
        }

        if (current.IsWhole && IsCloseInWhole(target, budget, _rules.WholeStays))
        {
            return WholeWithin(budget);
        }

        var beyond = Beyond(current, target.Seen);
        if (beyond != target.Seen)
        {
            // The object goes on beyond the window's sides that it touches.
            target = target with { Box = target.Box.Union(beyond), Seen = beyond };
        }

        var scale = Wanted(target, budget).Scale;
        var fits = scale < _rules.ZoomInRatio * current.Scale && current.Scale < _rules.ZoomOutRatio * scale;
        if (fits && ReachesSides(current.Box, target.SeenWith(_rules.Margin * _rules.Inner)))
        {
            return current;
        }

        if (fits)
        {
            var needed = target.Wanted(_rules.Margin * (_rules.Inner + 0.2), frameWidth, frameHeight);
            if (needed.Width <= current.Width && needed.Height <= current.Height)
            {
                return current.MoveTo(needed.CentreX, needed.CentreY);
            }
        }

        return Shape(target, budget);
    }

    // Whether the whole frame shows every object closely enough: then a window would only take away what is around it.
    private bool IsCloseInWhole(WindowTarget target, int budget, double share) =>
        target.SmallestSide * WholeWithin(budget).Scale >= share * _rules.WholePixels;

    // Beyond the camera's own pixels only what is still small in them.
    private double Closest(WindowTarget target) =>
        Math.Clamp(_rules.EnoughPixels / Math.Max(1, target.Box.Side), Math.Min(1, _rules.Magnification), _rules.Magnification);

    /// <summary>The region that a target needs, with as much context as costs no scale, and the scale at which it can be seen.</summary>
    private (BoundingBox Region, double Scale) Wanted(WindowTarget target, int budget)
    {
        var region = target.Wanted(_rules.Margin, frameWidth, frameHeight);
        if (region.Width * region.Height > _rules.WholeShare * frameWidth * frameHeight || IsCloseInWhole(target, budget, 1))
        {
            return (Whole.Box, WholeWithin(budget).Scale);
        }

        var most = Closest(target);
        for (var margin = _rules.Context; margin > _rules.Margin; margin -= 0.05)
        {
            var more = target.Wanted(margin, frameWidth, frameHeight);
            if (Math.Sqrt(budget / (more.Width * more.Height)) >= most)
            {
                return (more, most);
            }
        }

        return (region, Math.Min(most, Math.Sqrt(budget / (region.Width * region.Height))));
    }

    private FrameWindow Shape(WindowTarget target, int budget)
    {
        var (region, closeness) = Wanted(target, budget);
        if (region == Whole.Box)
        {
            return WholeWithin(budget);
        }

        // The network's sides: multiples of 32 at this scale, no larger than the frame at this scale.
        var wide = Side(region.Width * closeness, closeness * frameWidth);
        var high = Side(region.Height * closeness, closeness * frameHeight);
        while ((long)wide * high > budget && (wide > ShortestSide || high > ShortestSide))
        {
            // The side that has most to spare gives, and if both are short the scale does.
            if (high <= ShortestSide || (wide > ShortestSide && wide - (region.Width * closeness) >= high - (region.Height * closeness)))
            {
                wide -= Step;
            }
            else
            {
                high -= Step;
            }
        }

        closeness = Math.Min(
            closeness,
            Math.Max(Math.Min(wide / region.Width, high / region.Height), Math.Max((double)wide / frameWidth, (double)high / frameHeight)));
        var width = Math.Min(frameWidth, (int)Math.Round(wide / closeness));
        var height = Math.Min(frameHeight, (int)Math.Round(high / closeness));
        return new FrameWindow(0, 0, width, height, wide, high, frameWidth, frameHeight).MoveTo(region.CentreX, region.CentreY);
    }

    /// <summary>
    /// Where an object that is not seen is looked for: in a part of the frame that grows around where it is expected, up to the whole
    /// frame. An object that would be too small there is looked for as closely as it needs: where it is expected and in the rest of the
    /// frame, part after part, in turns.
    /// </summary>
    private FrameWindow Search(FrameWindow current, WindowTarget target, int budget)
    {
        var whole = WholeWithin(budget);
        var least = Math.Min(1, _rules.SearchPixels / Math.Max(1, target.SmallestSide));
        var (width, height) = ((int)(_rules.LostGrowth * current.Width), (int)(_rules.LostGrowth * current.Height));
        if (width <= frameWidth && height <= frameHeight && current.Scale >= least * _rules.LostGrowth)
        {
            return Fit((current with { Width = width, Height = height }).MoveTo(target.Box.CentreX, target.Box.CentreY), budget);
        }

        return whole.Scale >= least ? whole : Part(whole, least, target);
    }

    // A part of the frame at a scale; the place goes by how long the object has not been seen.
    private FrameWindow Part(FrameWindow whole, double scale, WindowTarget target)
    {
        var (wide, high) =
            (Side(whole.NetworkWidth - (Step / 2), whole.NetworkWidth), Side(whole.NetworkHeight - (Step / 2), whole.NetworkHeight));
        var (width, height) = (Math.Min(frameWidth, (int)(wide / scale)), Math.Min(frameHeight, (int)(high / scale)));
        var window = new FrameWindow(0, 0, width, height, wide, high, frameWidth, frameHeight);
        if (target.Missed % 2 == 0)
        {
            return window.MoveTo(target.Box.CentreX, target.Box.CentreY);
        }

        // Neighbouring parts overlap, so that an object on the line between two is whole in one of them.
        var (columns, rows) = (Parts(frameWidth, width), Parts(frameHeight, height));
        var part = target.Missed / 2 % (columns * rows);
        return window.MoveTo(Centre(part % columns, columns, frameWidth, width), Centre(part / columns, rows, frameHeight, height));
    }

    private static int Parts(int frame, int part) => frame == part ? 1 : Math.Max(2, (int)Math.Ceiling(frame / (0.85 * part)));

    private static double Centre(int part, int parts, int frame, int side) =>
        (side / 2.0) + (parts == 1 ? 0 : (double)part / (parts - 1) * (frame - side));

    // The same part of the frame with fewer network pixels, where the budget has become smaller.
    private static FrameWindow Fit(FrameWindow window, int budget)
    {
        while (window.PaddedPixels > budget && (window.NetworkWidth > ShortestSide || window.NetworkHeight > ShortestSide))
        {
            window = window.NetworkWidth * window.Height >= window.NetworkHeight * window.Width && window.NetworkWidth > ShortestSide
                ? window with { NetworkWidth = window.NetworkWidth - Math.Min(Step, window.NetworkWidth - ShortestSide) }
                : window with { NetworkHeight = Math.Max(1, window.NetworkHeight - Step) };
        }

        return window;
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

    // What was seen, larger on those sides where it ends at the window's rim inside the frame.
    private BoundingBox Beyond(FrameWindow window, BoundingBox seen)
    {
        var (width, height) = (_rules.RimGrowth * seen.Width, _rules.RimGrowth * seen.Height);
        var left = window.X > 0 && seen.X <= window.X + 1 ? width : 0;
        var top = window.Y > 0 && seen.Y <= window.Y + 1 ? height : 0;
        var right = window.X + window.Width < frameWidth && seen.Right >= window.X + window.Width - 1 ? width : 0;
        var bottom = window.Y + window.Height < frameHeight && seen.Bottom >= window.Y + window.Height - 1 ? height : 0;
        return left + top + right + bottom == 0 ? seen
            : new BoundingBox(seen.X - left, seen.Y - top, seen.Width + left + right, seen.Height + top + bottom)
                .ClampTo(frameWidth, frameHeight);
    }
}
