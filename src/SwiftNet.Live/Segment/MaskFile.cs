using SwiftNet.Imaging.Png;

namespace SwiftNet.Live.Segment;

/// <summary>Reads a mask file for a frame of a given size.</summary>
internal static class MaskFile
{
    /// <summary>Reads the ids of <paramref name="path"/>; of another size but the same shape, they are resized to the nearest
    /// pixel's.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is empty, or is of another shape than the frame.</exception>
    public static IdMask Read(string path, int width, int height) => Read(path, width, height, out _);

    /// <summary>Reads it in the same way.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The frame's columns.</param>
    /// <param name="height">The frame's rows.</param>
    /// <param name="note">How the file was understood, where that is not as it stands; else empty.</param>
    /// <inheritdoc cref="Read(string, int, int)"/>
    public static IdMask Read(string path, int width, int height, out string note)
    {
        (var mask, note) = MaskMeaning.Of(IndexedPng.ReadPicture(path), path);
        if (mask.DistinctIds().Length == 0)
        {
            throw new UserErrorException($"Mask {path} is empty: it holds no object to follow. Paint the objects with ids from 1 on.");
        }

        if (!MaskFit.SameShape(mask.Width, mask.Height, width, height))
        {
            throw new UserErrorException(
                $"Mask {path} is {mask.Width}x{mask.Height}, the frame {width}x{height}: their shapes differ. Make the mask from a frame "
                    + "of this video.");
        }

        var resized = MaskFit.Resize(mask, width, height);
        return resized.DistinctIds().Length == mask.DistinctIds().Length
            ? resized
            : throw new UserErrorException(
                $"Mask {path} is {mask.Width}x{mask.Height} and loses an object at the frame's {width}x{height}. "
                    + "Make it from a frame of this video.");
    }
}
