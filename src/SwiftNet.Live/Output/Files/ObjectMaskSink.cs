using SwiftNet.Imaging.Png;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>Each followed object of every frame as <c>NAME-ID.png</c>, white on black; black all over where it is not seen.</summary>
internal sealed class ObjectMaskSink : IFrameSink
{
    private readonly MaskFolder _folder;
    private byte[] _mask = [];

    /// <summary>Writes into <paramref name="folder"/>, which is made where it is missing.</summary>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public ObjectMaskSink(string folder)
        : this(new MaskFolder(folder))
    {
    }

    /// <summary>Writes into the folders of a run, which stay the caller's.</summary>
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

        if (_mask.Length != mask.Ids.Array.Length)
        {
            _mask = new byte[mask.Ids.Array.Length];
        }

        for (var i = 0; i < mask.Objects.Count; i++)
        {
            Pick(mask.Ids.Array, mask.Objects[i].Id);
            _folder.Write(frame, $"{frame.Name}-{mask.Objects[i].Id}.png", path => IndexedPng.WriteGrey(path, frame.Width, frame.Height, _mask));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Pick(ReadOnlySpan<byte> ids, byte wanted)
    {
        Array.Clear(_mask);
        foreach (var (id, start, end) in new IdRuns(ids))
        {
            if (id == wanted)
            {
                _mask.AsSpan(start, end - start).Fill(byte.MaxValue);
            }
        }
    }
}
