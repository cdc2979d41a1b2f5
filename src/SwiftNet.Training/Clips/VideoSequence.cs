using OpenCvSharp;
using SwiftNet.Live.Output;

namespace SwiftNet.Training.Clips;

/// <summary>A video with an annotation for each frame, kept compressed.</summary>
/// <param name="Name">The sequence.</param>
/// <param name="Pictures">The frames' files.</param>
/// <param name="Masks">The ids as grey PNGs.</param>
/// <param name="Objects">The objects of each frame.</param>
/// <param name="Weight">How often it is drawn, relative to others.</param>
internal sealed record VideoSequence(string Name, byte[][] Pictures, byte[][] Masks, Instance[][] Objects, double Weight)
{
    /// <summary>Frames.</summary>
    public int Length => Pictures.Length;

    /// <summary>B, G, R of a frame.</summary>
    public Mat Decode(int frame) => Cv2.ImDecode(Pictures[frame], ImreadModes.Color);

    /// <summary>The ids of a frame.</summary>
    public Mat DecodeMask(int frame) => Cv2.ImDecode(Masks[frame], ImreadModes.Grayscale);

    /// <summary>Reads the sequences of a DAVIS list whole. Frames that cannot be read are named and left out.</summary>
    /// <param name="root">The folder of JPEGImages, Annotations and ImageSets.</param>
    /// <param name="year">2016: whatever is not background is one object; 2017: each for itself.</param>
    /// <param name="split">A list of ImageSets/YEAR.</param>
    /// <param name="weight">How often a sequence is drawn, by its name.</param>
    /// <param name="unusable">Is told of what cannot be used.</param>
    /// <exception cref="Live.UserErrorException">The list is missing.</exception>
    public static List<VideoSequence> OpenDavis(string root, int year, string split, Func<string, double> weight, Action<string> unusable)
    {
        var list = Path.Combine(root, "ImageSets", $"{year}", $"{split}.txt");
        if (!File.Exists(list))
        {
            throw new Live.UserErrorException($"There is no split {split} of DAVIS {year}: {list} is missing.");
        }

        var sequences = new List<VideoSequence>();
        foreach (var name in File.ReadLines(list).Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var (pictures, masks, objects) = (new List<byte[]>(), new List<byte[]>(), new List<Instance[]>());
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "JPEGImages", "480p", name), "*.jpg").Order(StringComparer.Ordinal))
            {
                try
                {
                    var mask = IndexedPng.Read(Path.Combine(root, "Annotations", "480p", name, Path.GetFileNameWithoutExtension(file) + ".png"));
                    foreach (ref var id in mask.Ids.AsSpan())
                    {
                        id = year == 2016 ? Math.Min(id, (byte)1) : id == 255 ? (byte)0 : id;
                    }

                    masks.Add(StillPictures.GreyPng(mask));
                    pictures.Add(File.ReadAllBytes(file));
                    objects.Add(StillPicture.Measure(mask.Ids, mask.Width));
                }
                catch (Exception e) when (e is Live.UserErrorException or IOException)
                {
                    unusable($"{file} is left out: {e.Message}");
                }
            }

            if (objects.Any(o => o.Length > 0))
            {
                sequences.Add(new VideoSequence(name, [.. pictures], [.. masks], [.. objects], weight(name)));
            }
        }

        return sequences;
    }
}
