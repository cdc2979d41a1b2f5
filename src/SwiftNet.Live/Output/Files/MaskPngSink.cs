using SwiftNet.Imaging.Png;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>Writes the ids of every frame as <c>NAME.png</c>; a frame without objects gives a mask of zeros, so that the sequence is
/// complete.</summary>
internal sealed class MaskPngSink : IFrameSink
{
    private readonly MaskFolder _folder;
    private byte[] _ids = [];

    /// <summary>Writes to <paramref name="folder"/>, which is created if missing.</summary>
    /// <exception cref="UserErrorException">The folder cannot be created.</exception>
    public MaskPngSink(string folder)
        : this(new MaskFolder(folder))
    {
    }

    /// <summary>Writes to a run's folders; owned by the caller.</summary>
    public MaskPngSink(MaskFolder folder) => _folder = folder;

    /// <inheritdoc/>
    public string Name => "masks";

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        _ids = _ids.Length == frame.Width * frame.Height ? _ids : new byte[frame.Width * frame.Height];
        if (frame.Mask is { } mask)
        {
            mask.Part.CopyTo(_ids);
        }
        else
        {
            Array.Clear(_ids);
        }

        _folder.Write(frame, frame.Name + ".png", path => IndexedPng.Write(path, frame.Width, frame.Height, _ids));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
