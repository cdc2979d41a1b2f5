using OpenCvSharp;
using SwiftNet;

namespace Embedding;

/// <summary>Masks as PNG files.</summary>
internal static class Masks
{
    /// <summary>Reads a mask whose objects differ in colour: black is background, the first other colour met is object 1, and so on.</summary>
    public static IdMask Read(string path)
    {
        using var picture = Cv2.ImRead(path, ImreadModes.Color);
        var ids = new byte[picture.Width * picture.Height];
        var colours = new List<Vec3b> { new(0, 0, 0) };
        for (var i = 0; i < ids.Length; i++)
        {
            var colour = picture.At<Vec3b>(i / picture.Width, i % picture.Width);
            var id = colours.IndexOf(colour);
            if (id < 0)
            {
                id = colours.Count;
                colours.Add(colour);
            }

            ids[i] = (byte)id;
        }

        return new IdMask(picture.Width, picture.Height, ids);
    }

    /// <summary>Writes the ids as grey values.</summary>
    public static void Write(string path, IdMask mask)
    {
        using var picture = Mat.FromPixelData(mask.Height, mask.Width, MatType.CV_8UC1, mask.Ids);
        picture.SaveImage(path);
    }
}
