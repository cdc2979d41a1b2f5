using OpenCvSharp;

namespace SwiftNet.Live.Preprocess;

/// <summary>OpenCV's headers over pooled arrays. The arrays are pinned and come round again, so each header is made once.</summary>
internal sealed class MatViews : IDisposable
{
    private readonly Dictionary<Key, Mat> _views = [];

    /// <summary>The view of <paramref name="array"/> from <paramref name="offset"/> on; it stays this object's.</summary>
    public Mat Of<T>(T[] array, int offset, int width, int height, MatType type)
        where T : unmanaged
    {
        var key = new Key(array, offset, width, height);
        if (!_views.TryGetValue(key, out var view))
        {
            view = Mat.FromPixelData(
                height, width, type, System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(array, offset));
            _views.Add(key, view);
        }

        return view;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in _views.Values)
        {
            view.Dispose();
        }

        _views.Clear();
    }

    private readonly record struct Key(Array Array, int Offset, int Width, int Height);
}
