namespace SwiftNet.Network;

/// <content>Frames, masks and results of another size are refused.</content>
internal sealed partial class Video
{
    /// <summary>Refuses a frame or result of another size than the video's.</summary>
    public void Check(NetworkFrame frame, Span<byte> ids)
    {
        Check(frame);
        if (ids.Length != Width * Height)
        {
            throw new ArgumentException($"The result has room for {ids.Length} ids; this video's masks are {Width}x{Height}.", nameof(ids));
        }
    }

    /// <summary>Refuses a frame of another size than the video's.</summary>
    public void Check(NetworkFrame frame)
    {
        if (frame.Width != Size.Width || frame.Height != Size.Height)
        {
            throw new ArgumentException(
                $"The frame is {frame.Width}x{frame.Height}; this video was started with {Size.Width}x{Size.Height}.", nameof(frame));
        }
    }

    /// <summary>Refuses a mask of another size than the video's results.</summary>
    public void Check(IdMask mask)
    {
        if (mask.Width != Width || mask.Height != Height)
        {
            throw new ArgumentException($"The mask is {mask.Width}x{mask.Height}; this video's masks are {Width}x{Height}.", nameof(mask));
        }
    }
}
