using System.Runtime.InteropServices;
using OpenCvSharp;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>The jpg and png images of a folder, in order of name. They have one size.</summary>
internal sealed class ImageFolderSource : IFrameSource
{
    private readonly string[] _files;
    private readonly CapturedFrames _frames;
    private (int Width, int Height)? _size;

    /// <summary>Lists the folder.</summary>
    /// <exception cref="UserErrorException">It is missing, holds no image, or two whose names differ in the extension alone.</exception>
    public ImageFolderSource(string folder, TimeProvider time)
    {
        Name = folder;
        _frames = new CapturedFrames(time);
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"The folder {folder} is missing. Check the path.");
        }

        _files = [.. Directory.EnumerateFiles(folder).Where(IsImage).Order(StringComparer.Ordinal)];
        if (_files.Length == 0)
        {
            throw new UserErrorException($"The folder {folder} holds no jpg or png image.");
        }

        if (_files.GroupBy(Path.GetFileNameWithoutExtension).FirstOrDefault(g => g.Count() > 1) is { } twins)
        {
            throw new UserErrorException($"The folder {folder} holds {string.Join(" and ", twins.Select(Path.GetFileName))}: their results would have the same name. Rename one.");
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public double FrameRate => 25;

    /// <inheritdoc/>
    public long? FrameCount => _files.Length;

    /// <inheritdoc/>
    public SourceStatus Status => _frames.Status;

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellation)
    {
        if (_frames.Count == _files.Length)
        {
            _frames.End();
            return null;
        }

        var file = _files[_frames.Count];
        using var image = Cv2.ImRead(file, ImreadModes.Color);
        if (image.Empty())
        {
            throw new UserErrorException($"The image {file} cannot be read. Replace it or take it out of the folder.");
        }

        _size ??= (image.Width, image.Height);
        if (_size != (image.Width, image.Height))
        {
            throw new UserErrorException($"The image {file} is {image.Width}x{image.Height}, the first one {_size.Value.Width}x{_size.Value.Height}; all need one size.");
        }

        var pixels = PooledArray<byte>.Rent(image.Width * image.Height * 3);
        Marshal.Copy(image.Data, pixels.Array, 0, pixels.Array.Length);
        return _frames.Next(pixels, image.Width, image.Height, Path.GetFileNameWithoutExtension(file));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool IsImage(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" && !Path.GetFileName(path).StartsWith('.');
}
