using System.Runtime.InteropServices;
using OpenCvSharp;
using SwiftNet.Imaging.Png;

namespace SwiftNet.Training.Clips;

/// <summary>Reads photographs: <c>images</c> with <c>masks</c> of the same names, <c>cutouts</c> with an alpha channel, and
/// <c>backgrounds</c>.</summary>
internal sealed class StillPictures
{
    private StillPictures(IReadOnlyList<StillPicture> scenes, IReadOnlyList<StillPicture> cutOuts, IReadOnlyList<StillPicture> backgrounds)
    {
        Scenes = scenes;
        CutOuts = cutOuts;
        Backgrounds = backgrounds;
    }

    /// <summary>Photographs with annotated objects.</summary>
    public IReadOnlyList<StillPicture> Scenes { get; }

    /// <summary>Objects with an alpha channel and no background.</summary>
    public IReadOnlyList<StillPicture> CutOuts { get; }

    /// <summary>Photographs without annotated objects.</summary>
    public IReadOnlyList<StillPicture> Backgrounds { get; }

    /// <summary>Reads the whole folder. Unreadable files are reported and skipped.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="wanted">Selects photographs by name: those held out, or the others.</param>
    /// <param name="unusable">Receives one line for each skipped file.</param>
    public static StillPictures Open(string root, Predicate<string> wanted, Action<string> unusable)
    {
        var scenes = Read(Path.Combine(root, "images"), wanted, unusable, Path.Combine(root, "masks"));
        return new StillPictures(
            [.. scenes.Where(s => s.Instances.Length > 0)],
            [.. Read(Path.Combine(root, "cutouts"), wanted, unusable, null).Where(s => s.Instances.Length > 0)],
            Read(Path.Combine(root, "backgrounds"), _ => true, unusable, null));
    }

    private static List<StillPicture> Read(string folder, Predicate<string> wanted, Action<string> unusable, string? masks)
    {
        var pictures = new List<StillPicture>();
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToArray() : [])
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (!wanted(name))
            {
                continue;
            }

            try
            {
                pictures.Add(ReadOne(name, File.ReadAllBytes(file), masks is null ? null : Path.Combine(masks, name + ".png")));
            }
            catch (Exception e) when (e is UserErrorException or IOException or OpenCVException or UnauthorizedAccessException)
            {
                unusable($"{file} is skipped: {e.Message}");
            }
        }

        return pictures;
    }

    private static StillPicture ReadOne(string name, byte[] bytes, string? maskPath)
    {
        var (width, height) = SizeOf(bytes);
        var still = new StillPicture(name, bytes, null, width, height, [], WeightOf(name));
        if (maskPath is null)
        {
            using var alpha = still.DecodeMask();
            alpha.GetArray(out byte[] inside);
            return still with { Instances = Usable(inside, width) };
        }

        var mask = IndexedPng.Read(maskPath);
        if (mask.Width != width || mask.Height != height)
        {
            throw new IOException($"its mask is {mask.Width}x{mask.Height}, but the picture is {width}x{height}.");
        }

        return still with { Mask = GreyPng(mask), Instances = Usable(mask.Ids, mask.Width) };
    }

    /// <summary>Columns and rows of a picture.</summary>
    /// <exception cref="IOException">The picture cannot be decoded.</exception>
    internal static (int Width, int Height) SizeOf(byte[] bytes)
    {
        using var picture = Cv2.ImDecode(bytes, ImreadModes.Unchanged);
        return picture.Empty() ? throw new IOException("the picture cannot be decoded.") : (picture.Width, picture.Height);
    }

    /// <summary>Encodes a mask in the format that OpenCV decodes fastest.</summary>
    internal static byte[] GreyPng(IdMask mask)
    {
        using var grey = new Mat(mask.Height, mask.Width, MatType.CV_8UC1);
        Marshal.Copy(mask.Ids, 0, grey.Data, mask.Ids.Length);
        Cv2.ImEncode(".png", grey, out var bytes, [(int)ImwriteFlags.PngCompression, 1]);
        return bytes;
    }

    /// <summary>A mask's objects of sufficient area.</summary>
    internal static Instance[] Usable(byte[] ids, int width) =>
        Array.FindAll(StillPicture.Measure(ids, width), i => i.Area >= StillPicture.LeastArea);

    // Prefer data sets with many classes and instances.
    private static double WeightOf(string name) =>
        name.StartsWith("coco_", StringComparison.Ordinal) || name.StartsWith("voc07_", StringComparison.Ordinal) ? 3 : 1;
}
