using OpenCvSharp;
using SwiftNet.Imaging.Png;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A benchmark of our own making: two squares that walk over a gray ground.</summary>
internal static class MadeDataset
{
    public const int Width = 128, Height = 96;

    /// <summary>Where the two objects are in a frame.</summary>
    public static byte[] Truth(int frame, params byte[] ids)
    {
        var mask = new byte[Width * Height];
        foreach (var id in ids)
        {
            var box = Frames.Box(Width, Height, id, (id == 1 ? 10 : 70) + (2 * frame), id == 1 ? 10 : 40, 40, 40);
            for (var i = 0; i < mask.Length; i++)
            {
                mask[i] = Math.Max(mask[i], box[i]);
            }
        }

        return mask;
    }

    /// <summary>Writes the pictures of a sequence, each showing both objects.</summary>
    public static void WritePictures(string folder, int frames)
    {
        Directory.CreateDirectory(folder);
        for (var frame = 0; frame < frames; frame++)
        {
            using var picture = new Mat(Height, Width, MatType.CV_8UC3, new Scalar(120, 120, 120));
            Cv2.Rectangle(picture, new Rect(10 + (2 * frame), 10, 40, 40), new Scalar(30, 60, 220), -1);
            Cv2.Rectangle(picture, new Rect(70 + (2 * frame), 40, 40, 40), new Scalar(220, 160, 30), -1);
            Cv2.ImWrite(Path.Combine(folder, $"{frame:D5}.jpg"), picture);
        }
    }

    /// <summary>Writes one annotation.</summary>
    public static void WriteTruth(string folder, int frame, params byte[] ids)
    {
        Directory.CreateDirectory(folder);
        IndexedPng.Write(Path.Combine(folder, $"{frame:D5}.png"), Width, Height, Truth(frame, ids));
    }

    /// <summary>Writes DAVIS with the sequences named, both objects annotated in every picture.</summary>
    public static void WriteDavis(string root, int frames, params string[] sequences)
    {
        foreach (var year in (string[])["2016", "2017"])
        {
            Directory.CreateDirectory(Path.Combine(root, "ImageSets", year));
            File.WriteAllLines(Path.Combine(root, "ImageSets", year, "val.txt"), sequences);
        }

        foreach (var sequence in sequences)
        {
            WritePictures(Path.Combine(root, "JPEGImages", "480p", sequence), frames);
            for (var frame = 0; frame < frames; frame++)
            {
                WriteTruth(Path.Combine(root, "Annotations", "480p", sequence), frame, 1, 2);
            }
        }
    }
}
