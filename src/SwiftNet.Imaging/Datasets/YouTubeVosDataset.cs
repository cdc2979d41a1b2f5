using System.Text.Json;

namespace SwiftNet.Imaging.Datasets;

/// <summary>YouTube-VOS, as it is handed out: JPEGImages/VIDEO, Annotations/VIDEO for the annotated pictures, and perhaps meta.json with
/// the objects' pictures.</summary>
internal static class YouTubeVosDataset
{
    /// <summary>Lists the videos of a split, each checked to be whole.</summary>
    /// <param name="root">The folder that holds a folder for each split, or the split's own folder.</param>
    /// <param name="split">The split's folder; where there is none, <paramref name="root"/> is taken as the split's.</param>
    /// <exception cref="UserErrorException">Something is missing or unreadable; the message says what.</exception>
    public static IReadOnlyList<BenchmarkSequence> Open(string root, string split)
    {
        BenchmarkFolder.Require(root, "the YouTube-VOS data set");
        var folder = Path.Combine(root, split);
        folder = Directory.Exists(folder) ? folder : root;
        var annotations = Path.Combine(folder, "Annotations");
        BenchmarkFolder.Require(annotations, "the annotations");
        var meta = ReadMeta(Path.Combine(folder, "meta.json"));
        var videos = Directory.EnumerateDirectories(annotations)
            .Select(video => Path.GetFileName(video)!)
            .Order(NaturalOrder.Instance)
            .ToArray();
        return videos.Length == 0
            ? throw new UserErrorException($"The folder {annotations} holds no video.")
            : Array.ConvertAll(videos, video => Sequence(folder, video, meta));
    }

    private static BenchmarkSequence Sequence(string folder, string name, Dictionary<string, Dictionary<byte, string>>? meta)
    {
        var pictures = Path.Combine(folder, "JPEGImages", name);
        var annotations = BenchmarkFolder.Files(Path.Combine(folder, "Annotations", name), ".png", $"annotation of {name}");
        var shown = BenchmarkFolder.Files(pictures, ".jpg", $"picture of {name}");
        foreach (var annotation in annotations.Where(annotation => !shown.ContainsKey(annotation.Key)))
        {
            throw new UserErrorException($"The picture of the annotation {annotation.Value} is missing from {pictures}.");
        }

        return new BenchmarkSequence
        {
            Name = name,
            Pictures = pictures,
            Annotations = annotations,
            ObjectsEnterLater = true,
            Entrances = meta?.GetValueOrDefault(name),
        };
    }

    /// <summary>Of each video, the first picture that each object is in.</summary>
    private static Dictionary<string, Dictionary<byte, string>>? ReadMeta(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("videos").EnumerateObject().ToDictionary(
                video => video.Name,
                video => video.Value.GetProperty("objects").EnumerateObject().ToDictionary(
                    one => byte.Parse(one.Name),
                    one =>
                        one.Value.GetProperty("frames").EnumerateArray().Select(frame => frame.GetString()!).Min(NaturalOrder.Instance)!));
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException
                or ArgumentException)
        {
            throw new UserErrorException(
                $"{path} is not as YouTube-VOS writes it: {e.Message} Put the original back, or take it away: objects then enter where "
                    + "they are first annotated.",
                e);
        }
    }
}
