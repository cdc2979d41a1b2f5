using SwiftNet.Live.Output.Preview;

namespace SwiftNet.Live.Status;

/// <summary>A camera's data for the page.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="Board">The camera's current status.</param>
/// <param name="Preview">The camera's preview pictures.</param>
internal sealed record CameraView(string Name, StatusBoard Board, MjpegPreview Preview);
