using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OpenCvSharp;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>The jpg and png images of a folder, ordered by the numbers in their names. All must have the same size.</summary>
internal sealed partial class ImageFolderSource : IFrameSource
{
    private const int ShownNames = 3;
    private readonly string[] _files;
    private readonly FrameFactory _frames;
    private (int Width, int Height)? _size;

    /// <summary>Lists the folder.</summary>
    /// <param name="folder">The folder; subfolders are not read.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="logger">Receives a warning if the order differs from an alphabetical listing; null = none.</param>
    /// <exception cref="UserErrorException">The folder is missing, contains no image, or two images that differ only in their
    /// extension.</exception>
    public ImageFolderSource(string folder, TimeProvider time, ILogger? logger = null)
    {
        Name = folder;
        _frames = new FrameFactory(time);
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"The folder {folder} does not exist. Check the path.");
        }

        _files =
        [
            .. Directory.EnumerateFiles(folder)
                .Where(IsImage)
                .OrderBy(Path.GetFileNameWithoutExtension, NaturalOrder.Instance)
                .ThenBy(file => file, StringComparer.Ordinal),
        ];
        if (_files.Length == 0)
        {
            throw new UserErrorException($"The folder {folder} contains no jpg or png images.");
        }

        if (_files.GroupBy(Path.GetFileNameWithoutExtension).FirstOrDefault(g => g.Count() > 1) is { } twins)
        {
            throw new UserErrorException(
                $"The folder {folder} contains {string.Join(" and ", twins.Select(Path.GetFileName))}: their results would have the same "
                    + "name. Rename one.");
        }

        if (logger is not null && !_files.SequenceEqual(_files.OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)))
        {
            var names = Array.ConvertAll(_files, file => Path.GetFileName(file));
            var shown = names.Length > ShownNames ? $"{string.Join(", ", names[..ShownNames])} … {names[^1]}" : string.Join(", ", names);
            Log.OrderOfNumbers(logger, folder, shown);
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
            throw new UserErrorException($"The image {file} cannot be read. Replace or remove it.");
        }

        _size ??= (image.Width, image.Height);
        if (_size != (image.Width, image.Height))
        {
            throw new UserErrorException(
                $"The image {file} is {image.Width}x{image.Height}, but the first image is {_size.Value.Width}x{_size.Value.Height}; all "
                    + "images must have the same size.");
        }

        var pixels = PooledArray<byte>.Rent(image.Width * image.Height * 3);
        Marshal.Copy(image.Data, pixels.Array, 0, pixels.Array.Length);
        return _frames.Next(
            pixels, image.Width, image.Height, TimeSpan.FromSeconds(_frames.Count / FrameRate), Path.GetFileNameWithoutExtension(file));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool IsImage(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" && !Path.GetFileName(path).StartsWith('.');

    private static partial class Log
    {
        [LoggerMessage(
            1,
            Microsoft.Extensions.Logging.LogLevel.Warning,
            "The images of {Folder} are read in numeric order; the numbers in their names differ in length: {Names}")]
        public static partial void OrderOfNumbers(ILogger logger, string folder, string names);
    }
}
