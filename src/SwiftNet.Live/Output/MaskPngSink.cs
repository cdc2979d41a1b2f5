using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>The ids of every frame as <c>FOLDER/NAME.png</c>; a frame without objects is a mask of zeros, so that no name is missing.</summary>
internal sealed class MaskPngSink : IFrameSink
{
    private readonly string _folder;
    private byte[] _nothing = [];

    /// <summary>Writes into <paramref name="folder"/>, which is made where it is missing.</summary>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public MaskPngSink(string folder)
    {
        _folder = OutputFolder.Make(folder);
    }

    /// <inheritdoc/>
    public string Name => "masks";

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        var length = frame.Width * frame.Height;
        if (frame.Mask is null && _nothing.Length != length)
        {
            _nothing = new byte[length];
        }

        try
        {
            IndexedPng.Write(Path.Combine(_folder, frame.Name + ".png"), frame.Width, frame.Height, frame.Mask?.Ids.Array ?? _nothing);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
