using OpenCvSharp;
using SwiftNet.Imaging.Png;

namespace SwiftNet.Training.Tests;

/// <summary>A small data set, drawn: photographs with one to three marked discs, backgrounds, and videos of a wandering disc in DAVIS's
/// layout.</summary>
internal sealed class MadeData : IDisposable
{
    private const int Side = 120;

    public MadeData()
    {
        Root = Directory.CreateTempSubdirectory("swiftnet-training-").FullName;
        var random = new Random(1);
        for (var i = 0; i < 30; i++)
        {
            AddStill($"made_{i:00}", 1 + (i % 3), random);
        }

        Directory.CreateDirectory(Path.Combine(Stills, "backgrounds"));
        using (var background = Background(random))
        {
            Cv2.ImWrite(Path.Combine(Stills, "backgrounds", "ground.jpg"), background);
        }

        foreach (var (list, names) in new (string, string[])[] { ("train", ["left", "right"]), ("val", ["other"]) })
        {
            Directory.CreateDirectory(Path.Combine(Davis, "ImageSets", "2016"));
            File.WriteAllLines(Path.Combine(Davis, "ImageSets", "2016", list + ".txt"), names);
            Array.ForEach(names, name => AddVideo(Davis, name, 12, random));
        }
    }

    /// <summary>Adds a folder of more videos in DAVIS 2017's layout, of so many frames each, and a table of their traits where one is
    /// given.</summary>
    public string AddVideos(string folder, int frames, string? table, params string[] names)
    {
        var root = Path.Combine(Root, folder);
        Directory.CreateDirectory(Path.Combine(root, "ImageSets", "2017"));
        File.WriteAllLines(Path.Combine(root, "ImageSets", "2017", "all.txt"), names);
        if (table is not null)
        {
            File.WriteAllText(Path.Combine(root, "SEQUENCES.tsv"), table);
        }

        Array.ForEach(names, name => AddVideo(root, name, frames, new Random(names.Length)));
        return root;
    }

    public string Root { get; }

    public string Stills => Path.Combine(Root, "stills");

    public string Davis => Path.Combine(Root, "davis");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void AddStill(string name, int discs, Random random)
    {
        Directory.CreateDirectory(Path.Combine(Stills, "images"));
        Directory.CreateDirectory(Path.Combine(Stills, "masks"));
        using var picture = Background(random);
        using var mask = new Mat(Side, Side, MatType.CV_8UC1, Scalar.Black);
        for (var id = 1; id <= discs; id++)
        {
            Disc(picture, mask, new Point((id * 35) - 10, random.Next(30, 90)), id, random);
        }

        Cv2.ImWrite(Path.Combine(Stills, "images", name + ".jpg"), picture);
        mask.GetArray(out byte[] ids);
        IndexedPng.Write(Path.Combine(Stills, "masks", name + ".png"), Side, Side, ids);
    }

    private static void AddVideo(string root, string name, int frames, Random random)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(root, "JPEGImages", "480p", name)).FullName;
        var masks = Directory.CreateDirectory(Path.Combine(root, "Annotations", "480p", name)).FullName;
        using var background = Background(random);
        for (var t = 0; t < frames; t++)
        {
            using var picture = background.Clone();
            using var mask = new Mat(Side, Side, MatType.CV_8UC1, Scalar.Black);
            Disc(picture, mask, new Point(30 + (4 * t), 60), 1, new Random(7));
            Cv2.ImWrite(Path.Combine(pictures, $"{t:00000}.jpg"), picture);
            mask.GetArray(out byte[] ids);
            IndexedPng.Write(Path.Combine(masks, $"{t:00000}.png"), Side, Side, ids);
        }
    }

    private static Mat Background(Random random)
    {
        using var noise = new Mat(8, 8, MatType.CV_8UC3);
        for (var i = 0; i < 64; i++)
        {
            noise.Set(i / 8, i % 8, new Vec3b((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        }

        var background = new Mat();
        Cv2.Resize(noise, background, new Size(Side, Side), 0, 0, InterpolationFlags.Cubic);
        return background;
    }

    private static void Disc(Mat picture, Mat mask, Point centre, int id, Random random)
    {
        Cv2.Circle(picture, centre, 14, new Scalar(random.Next(256), random.Next(256), random.Next(256)), -1);
        Cv2.Circle(mask, centre, 14, new Scalar(id), -1);
    }
}
