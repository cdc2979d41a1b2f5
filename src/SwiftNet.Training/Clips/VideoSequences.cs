using SwiftNet.Imaging.Png;

namespace SwiftNet.Training.Clips;

/// <summary>Reads annotated videos in the layouts of the benchmarks. Unreadable frames are reported and skipped.</summary>
internal static class VideoSequences
{
    private const byte Void = 255;

    /// <summary>Reads the sequences of a DAVIS list: JPEGImages/480p, Annotations/480p, ImageSets.</summary>
    /// <param name="root">The folder that contains them.</param>
    /// <param name="year">2016: all foreground is one object; 2017: separate objects.</param>
    /// <param name="split">The name of a list in ImageSets/YEAR.</param>
    /// <param name="traits">Returns the traits of a sequence by name.</param>
    /// <param name="unusable">Receives one line for each skipped file.</param>
    /// <exception cref="UserErrorException">The list is missing.</exception>
    public static List<VideoSequence> OpenDavis(
        string root, int year, string split, Func<string, SequenceTraits> traits, Action<string> unusable)
    {
        var list = Path.Combine(root, "ImageSets", $"{year}", $"{split}.txt");
        if (!File.Exists(list))
        {
            throw new UserErrorException($"DAVIS {year} has no split {split}: {list} is missing.");
        }

        return OpenDavis(root, year, SequenceList.Read(list), traits, unusable);
    }

    /// <summary>Reads named sequences of a folder in DAVIS's layout.</summary>
    /// <param name="root">The folder that contains JPEGImages/480p and Annotations/480p.</param>
    /// <param name="year">2016: all foreground is one object; 2017: separate objects.</param>
    /// <param name="names">The sequences' names.</param>
    /// <param name="traits">Returns the traits of a sequence by name.</param>
    /// <param name="unusable">Receives one line for each skipped file.</param>
    public static List<VideoSequence> OpenDavis(
        string root, int year, IEnumerable<string> names, Func<string, SequenceTraits> traits, Action<string> unusable)
    {
        return Open(
            names,
            Path.Combine(root, "JPEGImages", "480p"),
            Path.Combine(root, "Annotations", "480p"),
            id => year == 2016 ? Math.Min(id, (byte)1) : id == Void ? (byte)0 : id,
            traits,
            unusable);
    }

    /// <summary>Reads the videos of YouTube-VOS: JPEGImages/VIDEO and Annotations/VIDEO; only annotated frames are used. Objects may enter
    /// in any frame.</summary>
    /// <param name="root">The folder that contains them.</param>
    /// <param name="traits">Returns the traits of a video by name.</param>
    /// <param name="unusable">Receives one line for each skipped file.</param>
    /// <exception cref="UserErrorException">The annotations are missing.</exception>
    public static List<VideoSequence> OpenYouTubeVos(string root, Func<string, SequenceTraits> traits, Action<string> unusable)
    {
        var annotations = Path.Combine(root, "Annotations");
        if (!Directory.Exists(annotations))
        {
            throw new UserErrorException($"{root} does not contain YouTube-VOS: {annotations} is missing.");
        }

        var names = Directory.EnumerateDirectories(annotations).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);
        return Open(names, Path.Combine(root, "JPEGImages"), annotations, id => id == Void ? (byte)0 : id, traits, unusable);
    }

    private static List<VideoSequence> Open(
        IEnumerable<string> names,
        string pictures,
        string annotations,
        Converter<byte, byte> idOf,
        Func<string, SequenceTraits> traits,
        Action<string> unusable)
    {
        var sequences = new List<VideoSequence>();
        foreach (var name in names)
        {
            var sequence = Read(name, Path.Combine(pictures, name), Path.Combine(annotations, name), idOf, traits(name), unusable);
            if (sequence.Objects.Any(o => o.Length > 0))
            {
                sequences.Add(sequence);
            }
            else
            {
                unusable($"{Path.Combine(annotations, name)} is skipped: no readable frame shows an object.");
            }
        }

        return sequences;
    }

    private static VideoSequence Read(
        string name, string pictures, string annotations, Converter<byte, byte> idOf, SequenceTraits traits, Action<string> unusable)
    {
        var (files, masks, objects) = (new List<byte[]>(), new List<byte[]>(), new List<Instance[]>());
        foreach (var annotation in Directory.Exists(annotations) ? Directory
            .EnumerateFiles(annotations, "*.png")
            .OrderBy(Path.GetFileNameWithoutExtension, NaturalOrder.Instance)
            .ToArray() : [])
        {
            try
            {
                var picture = File.ReadAllBytes(Path.Combine(pictures, Path.GetFileNameWithoutExtension(annotation) + ".jpg"));
                var mask = IndexedPng.Read(annotation);
                foreach (ref var id in mask.Ids.AsSpan())
                {
                    id = idOf(id);
                }

                var (width, height) = StillPictures.SizeOf(picture);
                if (mask.Width != width || mask.Height != height)
                {
                    throw new IOException($"its mask is {mask.Width}x{mask.Height}, but the picture is {width}x{height}.");
                }

                masks.Add(StillPictures.GreyPng(mask));
                files.Add(picture);
                objects.Add(StillPicture.Measure(mask.Ids, mask.Width));
            }
            catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
            {
                unusable($"{annotation} is skipped: {e.Message}");
            }
        }

        return new VideoSequence(name, [.. files], [.. masks], [.. objects], traits) { LargeSteps = LargeSteps.Find(files, traits.Steps) };
    }
}
