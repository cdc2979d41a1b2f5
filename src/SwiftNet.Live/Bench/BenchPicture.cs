using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Bench;

/// <summary>A picture with structure at every scale that drifts a little each frame, and objects on it: the same for every run.</summary>
internal sealed class BenchPicture : IDisposable
{
    private const int Margin = 64;
    private readonly FrameSize _size;
    private readonly Mat _scene = new();

    /// <summary>Paints the scene.</summary>
    public BenchPicture(FrameSize size)
    {
        _size = size;
        using var coarse = new Mat(size.Height / 24, size.Width / 24, MatType.CV_8UC3);
        using var fine = new Mat(size.Height + Margin, size.Width + Margin, MatType.CV_8UC3);
        Cv2.SetTheRNG(7);
        Cv2.Randu(coarse, Scalar.All(0), Scalar.All(255));
        Cv2.Randu(fine, Scalar.All(0), Scalar.All(255));
        Cv2.Resize(coarse, _scene, fine.Size(), interpolation: InterpolationFlags.Cubic);
        Cv2.AddWeighted(_scene, 0.85, fine, 0.15, 0, _scene);
    }

    /// <summary>The objects of frame 0: boxes side by side.</summary>
    public IdMask Mask(int objects)
    {
        var ids = new byte[_size.Width * _size.Height];
        var width = _size.Width / ((2 * objects) + 1);
        for (var i = 0; i < ids.Length; i++)
        {
            var column = i % _size.Width / width;
            var row = i / _size.Width * 4 / _size.Height;
            ids[i] = column % 2 == 1 && column < 2 * objects && row is 1 or 2 ? (byte)((column / 2) + 1) : (byte)0;
        }

        return new IdMask(_size.Width, _size.Height, ids);
    }

    /// <summary>Frame <paramref name="number"/>.</summary>
    public Frame Frame(long number)
    {
        var pixels = PooledArray<byte>.Rent(3 * _size.Width * _size.Height);
        var drift = (int)(number % Margin);
        using var view = Mat.FromPixelData(_size.Height, _size.Width, MatType.CV_8UC3, pixels.Array);
        using var part = _scene.SubMat(0, _size.Height, drift, drift + _size.Width);
        part.CopyTo(view);
        return new Frame
        {
            Number = number,
            Name = "",
            CapturedAt = 0,
            CapturedTime = default,
            Width = _size.Width,
            Height = _size.Height,
            Pixels = pixels,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _scene.Dispose();
}
