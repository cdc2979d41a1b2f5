using SwiftNet.Imaging.Png;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>Writes each tracked object of every frame as <c>NAME-ID.png</c>, white on black; all black if it is not visible.</summary>
internal sealed class ObjectMaskSink : IFrameSink
{
    private readonly MaskFolder _folder;
    private byte[] _mask = [];

    /// <summary>Writes to <paramref name="folder"/>, which is created if missing.</summary>
    /// <exception cref="UserErrorException">The folder cannot be created.</exception>
    public ObjectMaskSink(string folder)
        : this(new MaskFolder(folder))
    {
    }

    /// <summary>Writes to a run's folders; owned by the caller.</summary>
    public ObjectMaskSink(MaskFolder folder) => _folder = folder;

    /// <inheritdoc/>
    public string Name => "object masks";

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (frame.Mask is not { } mask)
        {
            return ValueTask.CompletedTask;
        }

        if (_mask.Length != frame.Width * frame.Height)
        {
            _mask = new byte[frame.Width * frame.Height];
        }

        for (var i = 0; i < mask.Objects.Count; i++)
        {
            Pick(mask.Part, mask.Objects[i].Id);
            _folder.Write(
                frame, $"{frame.Name}-{mask.Objects[i].Id}.png", path => IndexedPng.WriteGrey(path, frame.Width, frame.Height, _mask));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Pick(MaskPart mask, byte wanted)
    {
        Array.Clear(_mask);
        foreach (var (id, y, start, end) in mask)
        {
            if (id == wanted)
            {
                _mask.AsSpan((y * mask.Region.FrameWidth) + start, end - start).Fill(byte.MaxValue);
            }
        }
    }
}
