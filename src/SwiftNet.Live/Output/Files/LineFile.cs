namespace SwiftNet.Live.Output.Files;

/// <summary>A file of lines. Each line is written at once and completely; after a crash the lines remain under the temporary
/// name.</summary>
internal sealed class LineFile : IAsyncDisposable
{
    private readonly PartFile _file;
    private readonly FileStream _stream;

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
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

    /// <summary>Path while the file is being written.</summary>
    public string Path => _file.PartPath;

    /// <summary>Bytes written so far.</summary>
    public long Bytes => _stream.Length;

    /// <summary>Appends a line.</summary>
    /// <exception cref="IOException">The disk is full; the file is unchanged.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        var start = _stream.Position;
        try
        {
            await _stream.WriteAsync(line, cancellation);
        }
        catch
        {
            // Remove an incomplete line, which would corrupt the next one.
            _stream.SetLength(start);
            _stream.Position = start;
            throw;
        }
    }

    /// <summary>Completes the file and renames it to its final name.</summary>
    /// <exception cref="IOException">The file could not be renamed: the folder is gone or full.</exception>
    public async ValueTask CompleteAsync()
    {
        await _stream.DisposeAsync();
        _file.Commit();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
