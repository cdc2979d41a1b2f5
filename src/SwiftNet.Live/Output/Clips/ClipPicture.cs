namespace SwiftNet.Live.Output.Clips;

/// <summary>A picture of a video, with the objects drawn in.</summary>
/// <param name="Jpeg">The picture as JPEG.</param>
/// <param name="At">Its media time.</param>
/// <param name="Time">Its capture time.</param>
internal sealed record ClipPicture(byte[] Jpeg, TimeSpan At, DateTimeOffset Time);
