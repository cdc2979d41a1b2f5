using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Tracking;

/// <summary>
/// A frame that objects are given on, twice: the whole of it at the size at which the network processes a whole frame, and a generous part
/// around the objects at the scale of
/// their window. The first is what a lost object is looked for by, the second what memory knows of the objects and of the ground around
/// them.
/// </summary>
/// <param name="Mask">The objects in the whole frame, in camera pixels.</param>
/// <param name="Whole">The whole frame.</param>
/// <param name="WholePlanes">Its picture, <c>[3, h, w]</c>.</param>
/// <param name="Near">The part around the objects; null where their window is the whole frame.</param>
/// <param name="NearPlanes">Its picture; null likewise.</param>
internal sealed record ReferenceCut(IdMask Mask, FrameWindow Whole, float[] WholePlanes, FrameWindow? Near, float[]? NearPlanes)
{
    /// <summary>Cuts both.</summary>
    /// <param name="cutter">The cutter.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="mask">The objects in the whole frame.</param>
    /// <param name="whole">The whole frame's window.</param>
    /// <param name="window">The objects' window.</param>
    /// <param name="near">Times the budget of network pixels that the part around the objects has at most.</param>
    public static ReferenceCut Make(FrameCutter cutter, FrameImage frame, IdMask mask, FrameWindow whole, FrameWindow window, double near)
    {
        var wholePlanes = new float[3 * whole.NetworkPixels];
        cutter.Cut(frame, whole, wholePlanes);
        if (window.IsWhole)
        {
            return new ReferenceCut(mask, whole, wholePlanes, null, null);
        }

        var part = Around(window, near);
        var nearPlanes = new float[3 * part.NetworkPixels];
        cutter.Cut(frame, part, nearPlanes);
        return new ReferenceCut(mask, whole, wholePlanes, part, nearPlanes);
    }

    /// <summary>Keeps it for some of the objects; the masks of the others come from the video.</summary>
    public FirstFrame Keep(byte[] ids, Video video)
    {
        using var scope = torch.NewDisposeScope();
        return Frame(ids, video, Whole, WholePlanes, Near is { } near ? Frame(ids, video, near, NearPlanes!, null) : null);
    }

    /// <summary>
    /// A window's surroundings at its scale: as many rows and columns more on every side as the frame has and the bound allows, in
    /// whole memory pixels.
    /// </summary>
    private static FrameWindow Around(FrameWindow window, double times)
    {
        var factor = Math.Sqrt(Math.Max(1, times));
        var (width, networkWidth) = Side(window.Width, window.NetworkWidth, window.FrameWidth, factor);
        var (height, networkHeight) = Side(window.Height, window.NetworkHeight, window.FrameHeight, factor);
        return (window with { Width = width, Height = height, NetworkWidth = networkWidth, NetworkHeight = networkHeight, X = 0, Y = 0 })
            .MoveTo(window.Box.CentreX, window.Box.CentreY);
    }

    private static (int Side, int Network) Side(int side, int network, int frame, double factor)
    {
        var scale = (double)network / side;
        var wanted = Math.Max(network, (int)(Math.Min(network * factor, frame * scale) / PaddedSize.Stride) * PaddedSize.Stride);
        return (Math.Min(frame, (int)Math.Round(wanted / scale)), wanted);
    }

    private FirstFrame Frame(byte[] ids, Video video, FrameWindow window, float[] planes, FirstFrame? near)
    {
        var picture = torch.tensor(planes, [3, window.NetworkHeight, window.NetworkWidth]);
        var masks = Maps(window.Cut(Mask), ids, window);

        // Every object of the mask counts, those that another window follows too, and what this window follows already.
        var others = Mask.DistinctIds();
        var all = others.Length == 1 && video.Ids.All(ids.Contains) ? null : torch.maximum(
            Maps(window.Cut(Mask), others, window).sum(0, keepdim: true),
            WindowMaps.Resample(video.Probabilities, video.Window, window).sum(0, keepdim: true)).clamp_(Numbers.Zero, Numbers.One);
        return new FirstFrame(ids, picture, masks, all) { Near = near };
    }

    private static torch.Tensor Maps(IdMask mask, byte[] ids, FrameWindow window)
    {
        var labels = torch.tensor(mask.Ids, [mask.Height, mask.Width]);
        var all = torch.stack(Array.ConvertAll(ids, id => labels.eq(Numbers.Id(id)).to(torch.float32)));
        return mask.Width == window.NetworkWidth && mask.Height == window.NetworkHeight
            ? all
            : interpolate(all.unsqueeze(0), size: [window.NetworkHeight, window.NetworkWidth], mode: torch.InterpolationMode.Area).squeeze(
                0);
    }
}
