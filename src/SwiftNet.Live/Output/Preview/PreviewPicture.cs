namespace SwiftNet.Live.Output.Preview;

/// <summary>One picture of the preview.</summary>
/// <param name="Frame">The frame's number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="Jpeg">The picture, its objects drawn in; smaller than the frame where that is large.</param>
internal sealed record PreviewPicture(long Frame, DateTimeOffset Time, byte[] Jpeg);
