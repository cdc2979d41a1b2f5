using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Metadata that a file's decoder reports for a picture.</summary>
/// <param name="Seconds">Presentation time from the file's start in seconds; null = unknown.</param>
/// <param name="Pixel">Pixel aspect ratio.</param>
internal readonly record struct DecodedPicture(double? Seconds, PixelAspect Pixel);
