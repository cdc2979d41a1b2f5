using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>What a file's decoder says of a picture besides its pixels.</summary>
/// <param name="Seconds">When it is shown, from the file's start; null where the file does not say.</param>
/// <param name="Pixel">The shape of its pixels.</param>
internal readonly record struct DecodedPicture(double? Seconds, PixelAspect Pixel);
