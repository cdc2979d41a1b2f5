namespace SwiftNet.Tracking;

/// <summary>What a window has to show, in camera pixels.</summary>
/// <param name="Box">Where the objects are expected, as large as they have been lately.</param>
/// <param name="Seen">What was seen of them.</param>
/// <param name="VelocityX">Columns that they move in a step.</param>
/// <param name="VelocityY">Rows that they move in a step.</param>
/// <param name="Missed">Steps for which nothing was seen of them; 0 where something was.</param>
/// <param name="SmallestSide">Side √(w·h) of the smallest object's box.</param>
internal readonly record struct WindowTarget(
    BoundingBox Box, BoundingBox Seen, double VelocityX, double VelocityY, int Missed, double SmallestSide)
{
    /// <summary>One object.</summary>
    public static WindowTarget Of(BoxHistory history) =>
        new(history.Expected, history.Seen, history.VelocityX, history.VelocityY, history.Missed, history.Expected.Side);

    /// <summary>What a window shows where no object is looked for.</summary>
    public static WindowTarget None(FrameWindow window) => new(window.Box, window.Box, 0, 0, 0, window.Box.Side);

    /// <summary>Both together: where one is not seen the other one still is.</summary>
    public WindowTarget With(WindowTarget other) => new(
        Box.Union(other.Box),
        Missed == other.Missed ? Seen.Union(other.Seen) : Missed == 0 ? Seen : other.Seen,
        Math.Abs(VelocityX) > Math.Abs(other.VelocityX) ? VelocityX : other.VelocityX,
        Math.Abs(VelocityY) > Math.Abs(other.VelocityY) ? VelocityY : other.VelocityY,
        Math.Min(Missed, other.Missed),
        Math.Min(SmallestSide, other.SmallestSide));

    /// <summary>The box with its margin and where it goes in two steps, inside the frame.</summary>
    /// <param name="margin">Margin a side, as a share of the box's side.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="height">Rows of the frame.</param>
    public BoundingBox Wanted(double margin, int width, int height) => Box.Grow(margin * Box.Side, 2 * VelocityX, 2 * VelocityY).ClampTo(
        width,
        height);

    /// <summary>What was seen last with a margin and where it goes, not bounded by the frame.</summary>
    /// <param name="margin">Margin a side, as a share of the box's side.</param>
    public BoundingBox SeenWith(double margin) => Seen.Grow(margin * Seen.Side, 2 * VelocityX, 2 * VelocityY);
}
