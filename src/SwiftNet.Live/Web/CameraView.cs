using SwiftNet.Live.Output.Preview;

namespace SwiftNet.Live.Web;

/// <summary>What the page shows of one camera.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="Board">Its newest status.</param>
/// <param name="Preview">Its pictures.</param>
internal sealed record CameraView(string Name, StatusBoard Board, MjpegPreview Preview);
