using SwiftNet.Imaging.Png;

namespace SwiftNet.Imaging.Datasets;

/// <summary>One video of a benchmark: its pictures, where it is annotated, and the benchmark's rules for it.</summary>
internal sealed record BenchmarkSequence
{
    /// <summary>The index that DAVIS gives to pixels that count for no object.</summary>
    private const byte Void = 255;

    /// <summary>As the benchmark calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of its pictures.</summary>
    public required string Pictures { get; init; }

    /// <summary>The mask file of each annotated picture, by the picture's name without extension.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>DAVIS 2016: whatever is not background is one object.</summary>
    public bool OneObject { get; init; }

    /// <summary>YouTube-VOS: objects enter where they are first annotated. Otherwise those of the first picture are all.</summary>
    public bool ObjectsEnterLater { get; init; }

    /// <summary>DAVIS: the last picture is not scored.</summary>
    public bool LastIsUnscored { get; init; }

    /// <summary>Where known, the picture that each object enters at; others do not count.</summary>
    public IReadOnlyDictionary<byte, string>? Entrances { get; init; }

    /// <summary>Reads a picture's annotation; null where there is none.</summary>
    /// <exception cref="UserErrorException">It cannot be read or has another size than the picture.</exception>
    public IdMask? ReadTruth(string picture, int width, int height)
    {
        if (!Annotations.TryGetValue(picture, out var path))
        {
            return null;
        }

        var mask = IndexedPng.Read(path);
        if (mask.Width != width || mask.Height != height)
        {
            throw new UserErrorException(
                $"The annotation {path} is {mask.Width}x{mask.Height}, its picture {width}x{height}. Use pictures "
                    + "and annotations of one resolution.");
        }

        foreach (ref var id in mask.Ids.AsSpan())
        {
            id = OneObject ? Math.Min(id, (byte)1) : id == Void ? (byte)0 : id;
        }

        return mask;
    }

    /// <summary>The objects that enter at a picture, alone in a mask; null where none does.</summary>
    /// <param name="truth">The picture's annotation.</param>
    /// <param name="picture">Its name.</param>
    /// <param name="followed">The ids that entered before.</param>
    public IdMask? Entering(IdMask? truth, string picture, IReadOnlyCollection<byte> followed)
    {
        if (truth is null || (followed.Count > 0 && !ObjectsEnterLater))
        {
            return null;
        }

        var entering = Array.FindAll(truth.DistinctIds(), id => !followed.Contains(id) && EntersBy(id, picture));
        return entering.Length == 0
            ? null
            : new IdMask(truth.Width, truth.Height, Array.ConvertAll(truth.Ids, id => entering.Contains(id) ? id : (byte)0));
    }

    private bool EntersBy(byte id, string picture) =>
        Entrances is null || (Entrances.TryGetValue(id, out var first) && NaturalOrder.Instance.Compare(first, picture) <= 0);
}
