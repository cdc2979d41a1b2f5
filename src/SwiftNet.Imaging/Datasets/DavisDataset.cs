namespace SwiftNet.Imaging.Datasets;

/// <summary>DAVIS 2016 and 2017, as they are handed out: JPEGImages/480p, Annotations/480p, ImageSets.</summary>
internal static class DavisDataset
{
    // The first and last picture are not scored.
    private const int LeastPictures = 3;

    /// <summary>Lists the sequences of a split, each checked to be whole.</summary>
    /// <param name="root">The folder that holds JPEGImages, Annotations and ImageSets.</param>
    /// <param name="year">2016: all objects as one; 2017: each for itself.</param>
    /// <param name="split">A list of ImageSets/YEAR, without its extension.</param>
    /// <exception cref="UserErrorException">Something is missing; the message says what.</exception>
    public static IReadOnlyList<BenchmarkSequence> Open(string root, int year, string split)
    {
        BenchmarkFolder.Require(root, "the DAVIS data set");
        var list = Path.Combine(root, "ImageSets", $"{year}", $"{split}.txt");
        if (!File.Exists(list))
        {
            var folder = Path.GetDirectoryName(list)!;
            var others = Directory.Exists(folder)
                ? string.Join(
                    ", ", Directory.EnumerateFiles(folder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order(NaturalOrder.Instance))
                : "";
            throw new UserErrorException(
                $"There is no split {split} of DAVIS {year}: {list} is missing. "
                    + $"{(others.Length > 0 ? $"There are: {others}." : "Check --year and --davis.")}");
        }

        var names = File.ReadAllLines(list).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return names.Length == 0
            ? throw new UserErrorException($"The split {list} names no sequence.")
            : Array.ConvertAll(names, name => Sequence(root, name, year));
    }

    /// <summary>One sequence, checked to be whole.</summary>
    /// <param name="root">The folder that holds JPEGImages and Annotations.</param>
    /// <param name="name">The sequence's name.</param>
    /// <param name="year">2016: all objects as one; 2017: each for itself.</param>
    /// <exception cref="UserErrorException">Something is missing; the message says what.</exception>
    public static BenchmarkSequence Sequence(string root, string name, int year)
    {
        var pictures = Path.Combine(root, "JPEGImages", "480p", BenchmarkFolder.Name(name));
        var annotations = BenchmarkFolder.Files(Path.Combine(root, "Annotations", "480p", name), ".png", $"annotation of {name}");
        var shown = BenchmarkFolder.Files(pictures, ".jpg", $"picture of {name}");
        if (shown.Count < LeastPictures)
        {
            throw new UserErrorException($"The sequence {pictures} has {shown.Count} pictures; to score one takes {LeastPictures}.");
        }

        foreach (var picture in shown.Keys.Where(picture => !annotations.ContainsKey(picture)))
        {
            throw new UserErrorException(
                $"The annotation {Path.Combine(root, "Annotations", "480p", name, picture + ".png")} is missing. The data set is not "
                    + "whole, or the split has hidden annotations and cannot be scored.");
        }

        return new BenchmarkSequence
        {
            Name = name,
            Pictures = pictures,
            Annotations = annotations,
            OneObject = year == 2016,
            LastIsUnscored = true,
        };
    }
}
