namespace SwiftNet.Live.Options;

/// <summary>One camera: its name, and the configuration as it is for this one.</summary>
/// <param name="Name">Letters, digits, - and _, at most 64: it stands in logs, addresses and file names.</param>
/// <param name="Settings">The common sections with the camera's own keys in their place.</param>
internal sealed record CameraSettings(string Name, Settings Settings);
