using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>The background of a clip: a photograph seen by a moving camera, or frames of a video. Owns its Mats.</summary>
internal abstract class Background : IDisposable
{
    // ImageNet's mean colour, which is zero after normalisation.
    private static readonly Scalar s_outside = new(104, 116, 124);

    private readonly Pose[] _path;
    private readonly Bend? _bend;

    /// <summary>Sets the camera's path.</summary>
    protected Background(Pose[] path, Bend? bend)
    {
        _path = path;
        _bend = bend;
    }

    /// <summary>Renders a frame and the ids of the background's own objects at the given size.</summary>
    /// <returns>Picture (B, G, R) and ids; the caller disposes both.</returns>
    public (Mat Picture, Mat Ids) Paint(int t, Size size)
    {
        var (source, mask) = Source(t);
        var all = new Rect(0, 0, size.Width, size.Height);
        using var map = Warp.Map(_path[t], _bend, _path.Length == 1 ? 0 : t / (_path.Length - 1.0), source.Size(), all, all);
        using var none = new Mat();
        var (picture, ids) = (new Mat(), new Mat());

        // A mirrored border would show an object twice; a grey border shows none.
        Cv2.Remap(source, picture, map, none, InterpolationFlags.Linear, BorderTypes.Constant, s_outside);
        Cv2.Remap(mask, ids, map, none, InterpolationFlags.Nearest, BorderTypes.Constant, Scalar.Black);
        return (picture, ids);
    }

    /// <summary>Uncertainty of the own objects' outlines in pixels of the crop; 0 = exact.</summary>
    public double EdgeWidth(int t) => HasRoughEdges ? RoughEdges.Width * _path[t].Scale : 0;

    /// <summary>The first frame as a photograph from which objects can be cut out; null = not possible.</summary>
    public virtual StillPicture? Still => null;

    /// <inheritdoc/>
    public virtual void Dispose() => _bend?.Dispose();

    /// <summary>Whether the own objects' outlines are uncertain.</summary>
    protected virtual bool HasRoughEdges => false;

    /// <summary>Source picture and ids of a frame; both stay owned by this background.</summary>
    protected abstract (Mat Picture, Mat Ids) Source(int t);
}

/// <summary>A photograph as background.</summary>
internal sealed class PhotoBackground(StillPicture still, Pose[] path, Bend? bend) : Background(path, bend)
{
    private readonly Mat _picture = still.Decode();
    private readonly Mat _ids = still.DecodeMask();

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _picture.Dispose();
        _ids.Dispose();
    }

    /// <inheritdoc/>
    protected override (Mat Picture, Mat Ids) Source(int t) => (_picture, _ids);
}

/// <summary>Frames of a video as background.</summary>
internal sealed class VideoBackground(VideoSequence video, int[] frames, Pose[] path) : Background(path, null)
{
    private Mat? _picture;
    private Mat? _ids;

    /// <inheritdoc/>
    public override StillPicture? Still => video.Still(frames[0]);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _picture?.Dispose();
        _ids?.Dispose();
    }

    /// <inheritdoc/>
    protected override bool HasRoughEdges => video.Traits.RoughEdges;

    /// <inheritdoc/>
    protected override (Mat Picture, Mat Ids) Source(int t)
    {
        _picture?.Dispose();
        _ids?.Dispose();
        return (_picture = video.Decode(frames[t]), _ids = video.DecodeMask(frames[t]));
    }
}
