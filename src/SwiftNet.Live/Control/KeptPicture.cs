using OpenCvSharp;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Control;

/// <summary>A picture in half of its bytes: brightness for each pixel, colour for each four (I420), as cameras send it. One with an odd
/// side is kept as it is.</summary>
internal sealed class KeptPicture : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int _width;
    private readonly int _height;
    private readonly PooledArray<byte> _kept;
    private PooledArray<byte>? _bgr;

    /// <summary>Copies a picture.</summary>
    /// <param name="bgr">BGR, 8 bit, interleaved, rows without padding.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="height">Rows, in pixels.</param>
    public KeptPicture(PooledArray<byte> bgr, int width, int height)
    {
        (_width, _height) = (width, height);
        _kept = PooledArray<byte>.Rent(IsHalved ? width * height * 3 / 2 : bgr.Array.Length);
        if (IsHalved)
        {
            using var from = View(bgr.Array, height, MatType.CV_8UC3);
            using var to = View(_kept.Array, height * 3 / 2, MatType.CV_8UC1);
            Cv2.CvtColor(from, to, ColorConversionCodes.BGR2YUV_I420);
        }
        else
        {
            bgr.Array.CopyTo(_kept.Array, 0);
        }
    }

    /// <summary>The picture, BGR; made when it is first asked for, and this object's.</summary>
    public byte[] Bgr
    {
        get
        {
            if (!IsHalved)
            {
                return _kept.Array;
            }

            lock (_lock)
            {
                return (_bgr ??= Whole()).Array;
            }
        }
    }

    private bool IsHalved => _width % 2 == 0 && _height % 2 == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        _kept.Dispose();
        _bgr?.Dispose();
    }

    private PooledArray<byte> Whole()
    {
        var bgr = PooledArray<byte>.Rent(_width * _height * 3);
        using var from = View(_kept.Array, _height * 3 / 2, MatType.CV_8UC1);
        using var to = View(bgr.Array, _height, MatType.CV_8UC3);
        Cv2.CvtColor(from, to, ColorConversionCodes.YUV2BGR_I420);
        return bgr;
    }

    // Pooled arrays are pinned.
    private Mat View(byte[] pixels, int rows, MatType type) =>
        Mat.FromPixelData(rows, _width, type, System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pixels, 0));
}
