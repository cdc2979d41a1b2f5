using OpenCvSharp;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>DAVIS in small, made of the first pictures of the sample clip with the cup: the network finds real objects in them. All
/// pictures have the first one's annotation.</summary>
internal static class SampleDataset
{
    /// <summary>Writes the sequences named, all of the same pictures.</summary>
    public static void WriteDavis(string root, int frames, params string[] sequences)
    {
        Directory.CreateDirectory(Path.Combine(root, "ImageSets", "2016"));
        File.WriteAllLines(Path.Combine(root, "ImageSets", "2016", "val.txt"), sequences);
        foreach (var sequence in sequences)
        {
            var pictures = Directory.CreateDirectory(Path.Combine(root, "JPEGImages", "480p", sequence)).FullName;
            var annotations = Directory.CreateDirectory(Path.Combine(root, "Annotations", "480p", sequence)).FullName;
            using var clip = new VideoCapture(Path.Combine(Repository.Folder, "samples", "cup.mp4"), VideoCaptureAPIs.FFMPEG);
            using var picture = new Mat();
            for (var frame = 0; frame < frames; frame++)
            {
                Assert.True(clip.Read(picture));
                Cv2.ImWrite(Path.Combine(pictures, $"{frame:D5}.jpg"), picture);
                File.Copy(Path.Combine(Repository.Folder, "samples", "cup-mask.png"), Path.Combine(annotations, $"{frame:D5}.png"));
            }
        }
    }
}
