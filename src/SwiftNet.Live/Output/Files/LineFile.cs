namespace SwiftNet.Live.Output.Files;

/// <summary>A file of lines. Each line is in the file at once and whole, and a crash keeps those before it under the part name.</summary>
internal sealed class LineFile : IAsyncDisposable
{
    private readonly PartFile _file;
    private readonly FileStream _stream;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public LineFile(PartFile file)
    {
        _file = file;
        try
        {
            _stream = new FileStream(file.PartPath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Where it lies while it is written.</summary>
    public string Path => _file.PartPath;

    /// <summary>What it holds so far.</summary>
    public long Bytes => _stream.Length;

    /// <summary>Adds a line.</summary>
    /// <exception cref="IOException">The disk takes no more; the file is as before.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        var start = _stream.Position;
        try
        {
            await _stream.WriteAsync(line, cancellation);
        }
        catch
        {
            // Half a line would spoil the next one.
            _stream.SetLength(start);
            _stream.Position = start;
            throw;
        }
    }

    /// <summary>Completes the file and gives it its name.</summary>
    /// <exception cref="IOException">It has no name: the folder is gone or full.</exception>
    public async ValueTask CompleteAsync()
    {
        await _stream.DisposeAsync();
        _file.Commit();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
