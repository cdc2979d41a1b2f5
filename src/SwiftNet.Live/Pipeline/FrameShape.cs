namespace SwiftNet.Live.Pipeline;

/// <summary>What all pictures of one encoded stream have in common.</summary>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Pixel">The shape of a pixel as shown.</param>
internal readonly record struct FrameShape(int Width, int Height, PixelAspect Pixel);
