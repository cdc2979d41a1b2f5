using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>Writes made sequences in DAVIS 2017's layout.</summary>
/// <param name="root">The folder; created if missing.</param>
internal sealed class SplitFolder(string root)
{
    private readonly List<string> _names = [];

    /// <summary>Writes a sequence.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="quality">JPEG quality, 0 to 100.</param>
    /// <param name="background">Makes a frame's picture and ids without the layers; both are disposed.</param>
    /// <param name="layers">The objects; disposed.</param>
    public void Add(string name, int frames, int quality, Func<int, (Mat Picture, Mat Ids)> background, List<Layer> layers)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(root, "JPEGImages", "480p", name)).FullName;
        var masks = Directory.CreateDirectory(Path.Combine(root, "Annotations", "480p", name)).FullName;
        try
        {
            for (var t = 0; t < frames; t++)
            {
                var (picture, ids) = background(t);
                using (picture)
                using (ids)
                {
                    layers.ForEach(layer => layer.Paint(picture, ids, t));
                    ids.GetArray(out byte[] all);
                    Cv2.ImWrite(Path.Combine(pictures, $"{t:00000}.jpg"), picture, [(int)ImwriteFlags.JpegQuality, quality]);
                    IndexedPng.Write(Path.Combine(masks, $"{t:00000}.png"), ids.Width, ids.Height, all);
                }
            }
        }
        finally
        {
            layers.ForEach(layer => layer.Dispose());
        }

        _names.Add(name);
    }

    /// <summary>Writes the list of the sequences.</summary>
    /// <param name="list">Its name.</param>
    /// <returns>The sequences' names.</returns>
    public IReadOnlyList<string> Finish(string list)
    {
        var lists = Directory.CreateDirectory(Path.Combine(root, "ImageSets", "2017"));
        File.WriteAllLines(Path.Combine(lists.FullName, list + ".txt"), _names);
        return _names;
    }

    /// <summary>Whether objects 1 to n have at least a share of the area that they should have, once the layers are painted.</summary>
    /// <param name="layers">The layers, painted at their first frame.</param>
    /// <param name="areas">Pixels that each object should have, that of id 1 first.</param>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="picture">The picture to paint on.</param>
    /// <param name="ids">Its ids.</param>
    public static bool ShowsAll(List<Layer> layers, List<double> areas, double share, Mat picture, Mat ids)
    {
        layers.ForEach(layer => layer.Paint(picture, ids, 0));
        ids.GetArray(out byte[] all);
        var shown = StillPicture.Measure(all, ids.Width).ToDictionary(o => o.Id, o => o.Area);
        return areas.Select((area, i) => shown.GetValueOrDefault((byte)(i + 1)) >= share * area).All(good => good);
    }
}
