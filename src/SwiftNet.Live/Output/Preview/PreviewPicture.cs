namespace SwiftNet.Live.Output.Preview;

/// <summary>A picture of the preview.</summary>
/// <param name="Frame">The frame's number.</param>
/// <param name="Time">The frame's capture time.</param>
/// <param name="Jpeg">The overlay as JPEG; scaled down for large frames.</param>
internal sealed record PreviewPicture(long Frame, DateTimeOffset Time, byte[] Jpeg);
