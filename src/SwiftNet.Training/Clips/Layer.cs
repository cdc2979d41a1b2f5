using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A cut-out that moves through a clip. Owns its Mats.</summary>
internal sealed class Layer : IDisposable
{
    private readonly Mat _picture;
    private readonly Mat _alpha;
    private readonly Pose[] _path;
    private readonly Bend? _bend;

    /// <summary>Creates a layer.</summary>
    /// <param name="picture">Picture, B, G, R; owned by the layer.</param>
    /// <param name="alpha">Alpha, one byte per pixel; owned by the layer.</param>
    /// <param name="label">The object's id in the clip; 0 = distractor or occluder.</param>
    /// <param name="path">Pose in each frame.</param>
    /// <param name="bend">Deformation, owned by the layer; null = none.</param>
    public Layer(Mat picture, Mat alpha, byte label, Pose[] path, Bend? bend)
    {
        _picture = picture;
        _alpha = alpha;
        Label = label;
        _path = path;
        _bend = bend;
    }

    /// <summary>The object's id in the clip; 0 = distractor or occluder.</summary>
    public byte Label { get; }

    /// <summary>Composites the layer over a frame and its ids.</summary>
    public void Paint(Mat frame, Mat ids, int t)
    {
        var pose = _path[t];
        var box = Warp.Box(pose, _picture.Size(), _bend is null ? 0 : 0.1);
        var part = box & new Rect(0, 0, frame.Width, frame.Height);
        if (part.Width < 2 || part.Height < 2 || box.Width > 4 * frame.Width || box.Height > 4 * frame.Height)
        {
            return;
        }

        using var map = Warp.Map(pose, _bend, _path.Length == 1 ? 0 : t / (_path.Length - 1.0), _picture.Size(), box, part);
        using var none = new Mat();
        using var picture = new Mat();
        using var alpha = new Mat();
        Cv2.Remap(_picture, picture, map, none, InterpolationFlags.Linear, BorderTypes.Replicate);
        Cv2.Remap(_alpha, alpha, map, none, InterpolationFlags.Linear, BorderTypes.Constant, Scalar.Black);
        Blend(picture, alpha, frame, ids, part);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture.Dispose();
        _alpha.Dispose();
        _bend?.Dispose();
    }

    private unsafe void Blend(Mat picture, Mat alpha, Mat frame, Mat ids, Rect part)
    {
        for (var y = 0; y < part.Height; y++)
        {
            var colour = (byte*)picture.Ptr(y);
            var opacity = (byte*)alpha.Ptr(y);
            var below = (byte*)frame.Ptr(part.Y + y) + (3 * part.X);
            var id = (byte*)ids.Ptr(part.Y + y) + part.X;
            for (var x = 0; x < part.Width; x++)
            {
                int a = opacity[x];
                if (a == 0)
                {
                    continue;
                }

                for (var c = 3 * x; c < (3 * x) + 3; c++)
                {
                    below[c] = (byte)(((colour[c] * a) + (below[c] * (255 - a)) + 127) / 255);
                }

                id[x] = a > 127 ? Label : id[x];
            }
        }
    }
}
