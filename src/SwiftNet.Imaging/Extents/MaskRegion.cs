namespace SwiftNet.Imaging.Extents;

/// <summary>The part of a frame that a mask covers, in pixels of the frame; outside of it there is no object.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="FrameWidth">Columns of the frame.</param>
/// <param name="FrameHeight">Rows of the frame.</param>
internal readonly record struct MaskRegion(int X, int Y, int Width, int Height, int FrameWidth, int FrameHeight)
{
    /// <summary>Pixels.</summary>
    public int Area => Width * Height;

    /// <summary>The whole frame.</summary>
    public static MaskRegion Whole(int width, int height) => new(0, 0, width, height, width, height);
}
