namespace SwiftNet.Live.Segment;

/// <summary>Reads a mask file for a frame of a given size.</summary>
internal static class MaskFile
{
    /// <summary>Reads the ids of <paramref name="path"/>; of another size but the same shape, they are resized to the nearest pixel's.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is empty, or is of another shape than the frame.</exception>
    public static IdMask Read(string path, int width, int height)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"There is no mask file {path}.");
        }

        throw new UserErrorException($"Mask files cannot be read yet ({path}, {width}x{height}).");
    }
}
