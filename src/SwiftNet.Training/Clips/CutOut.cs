using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>An object cut out of its photograph: colours and alpha of its bounding box. Owns its Mats.</summary>
internal sealed class CutOut : IDisposable
{
    private const int Margin = 2;

    /// <summary>Cuts out an object.</summary>
    public CutOut(StillPicture still, Instance instance)
    {
        Area = instance.Area;
        using var whole = still.Decode();
        using var mask = still.DecodeMask();
        var box = instance.Box;
        box.Inflate(Margin, Margin);
        box &= new Rect(0, 0, whole.Width, whole.Height);
        using var colours = new Mat(whole, box);
        using var ids = new Mat(mask, box);
        Picture = colours.Clone();
        using var inside = new Mat();
        Cv2.Compare(ids, new Scalar(instance.Id), inside, CmpTypes.EQ);
        Alpha = new Mat();

        // Soften the edge half a pixel inwards: the mask's own edge is aliased and contains some of the old background.
        Cv2.GaussianBlur(inside, Alpha, new Size(3, 3), 0);
    }

    /// <summary>Picture, B, G, R.</summary>
    public Mat Picture { get; }

    /// <summary>Alpha channel.</summary>
    public Mat Alpha { get; }

    /// <summary>Area of the object in pixels.</summary>
    public int Area { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Picture.Dispose();
        Alpha.Dispose();
    }
}
