namespace SwiftNet.Tracking;

/// <summary>Whether the network processes windows, and how many pixels it processes.</summary>
public sealed record WindowOptions
{
    /// <summary>Whether windows follow the objects; otherwise the network always sees the whole frame. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Columns of the bound that a whole frame is scaled down to fit inside; 0 for the frame's own size. Its pixels are the budget of
    /// the windows. Default 576.
    /// </summary>
    public int Width { get; init; } = 576;

    /// <summary>Rows of the bound; 0 for the frame's own size. Default 320.</summary>
    public int Height { get; init; } = 320;

    /// <summary>
    /// Times the budget that the part of a given frame around its objects has at most, which memory knows of them; 1 to 16. Default 1:
    /// as much as the window.
    /// </summary>
    public double ReferenceContext { get; init; } = 1;

    /// <summary>The numbers that windows go by.</summary>
    internal WindowRules Rules { get; init; } = WindowRules.Default;

    /// <summary>The window of a whole frame, scaled down to fit the bound with its aspect kept.</summary>
    /// <param name="frameWidth">Columns of the frame.</param>
    /// <param name="frameHeight">Rows of the frame.</param>
    /// <param name="scale">What its sides are multiplied by besides; over 0, up to 1.</param>
    public FrameWindow Whole(int frameWidth, int frameHeight, double scale = 1)
    {
        var fit = Width == 0 || Height == 0 ? 1 : Math.Min(1, Math.Min((double)Width / frameWidth, (double)Height / frameHeight));
        return FrameWindow.Whole(frameWidth, frameHeight, Side(Side(frameWidth * fit) * scale), Side(Side(frameHeight * fit) * scale));
    }

    private static int Side(double side) => Math.Max(1, (int)Math.Round(side));
}
