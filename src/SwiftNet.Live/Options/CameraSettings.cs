namespace SwiftNet.Live.Options;

/// <summary>A camera's name and settings.</summary>
/// <param name="Name">Letters, digits, - and _, at most 64; used in logs, URLs and file names.</param>
/// <param name="Settings">The common settings, overridden by the camera's own.</param>
internal sealed record CameraSettings(string Name, Settings Settings);
