using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>What a clip's objects are pasted on: a photograph seen by a moving camera, or frames of a video. Owns its Mats.</summary>
internal abstract class Background : IDisposable
{
    // ImageNet's mean colour: zero after normalisation.
    private static readonly Scalar s_outside = new(104, 116, 124);

    private readonly Pose[] _path;
    private readonly Bend? _bend;

    /// <summary>Sets the camera.</summary>
    protected Background(Pose[] path, Bend? bend)
    {
        _path = path;
        _bend = bend;
    }

    /// <summary>Paints a frame and its own objects' ids, of the given size.</summary>
    /// <returns>B, G, R and ids. The caller's.</returns>
    public (Mat Picture, Mat Ids) Paint(int t, Size size)
    {
        var (source, mask) = Source(t);
        var all = new Rect(0, 0, size.Width, size.Height);
        using var map = Warp.Map(_path[t], _bend, _path.Length == 1 ? 0 : t / (_path.Length - 1.0), source.Size(), all, all);
        using var none = new Mat();
        var (picture, ids) = (new Mat(), new Mat());

        // Mirrored at the edge, an object would come in a second time; left grey there, nothing does.
        Cv2.Remap(source, picture, map, none, InterpolationFlags.Linear, BorderTypes.Constant, s_outside);
        Cv2.Remap(mask, ids, map, none, InterpolationFlags.Nearest, BorderTypes.Constant, Scalar.Black);
        return (picture, ids);
    }

    /// <summary>How many pixels of a frame's crop its own objects' outlines may be wrong by; 0 where they are exact.</summary>
    public double EdgeWidth(int t) => HasRoughEdges ? RoughEdges.Width * _path[t].Scale : 0;

    /// <summary>The first frame as a photograph that its own objects can be cut out of; null where they cannot.</summary>
    public virtual StillPicture? Still => null;

    /// <inheritdoc/>
    public virtual void Dispose() => _bend?.Dispose();

    /// <summary>Whether the outlines of its own objects may be wrong.</summary>
    protected virtual bool HasRoughEdges => false;

    /// <summary>Source picture and ids of a frame, which stay this object's.</summary>
    protected abstract (Mat Picture, Mat Ids) Source(int t);
}

/// <summary>A photograph.</summary>
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

/// <summary>Frames of a video.</summary>
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
