using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Wraps an output of a live camera that cannot be opened yet, for example because its folder is not writable: it reports failures
/// and is retried later, without affecting other outputs.</summary>
internal sealed class RetriedSink : IFrameSink
{
    private readonly Func<IFrameSink> _make;
    private readonly RetryTime _retry;
    private IFrameSink? _sink;
    private string _error = "";

    /// <summary>Tries to open the sink at once.</summary>
    /// <param name="name">The sink's name.</param>
    /// <param name="showsPictures">See <see cref="IFrameSink.ShowsPictures"/>.</param>
    /// <param name="make">Opens the sink.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">Another process writes to the sink's folder.</exception>
    public RetriedSink(string name, bool showsPictures, Func<IFrameSink> make, TimeProvider time)
    {
        (Name, ShowsPictures, _make, _retry) = (name, showsPictures, make, RetryTime.Local(time));
        try
        {
            _sink = make();
        }
        catch (UserErrorException e) when (!FolderLock.IsInUse(e))
        {
            Failed(e);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool ShowsPictures { get; }

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (_sink is null && _retry.IsOver)
        {
            try
            {
                _sink = _make();
            }
            catch (UserErrorException e)
            {
                Failed(e);
            }
        }

        return _sink?.WriteAsync(frame, overlay, cancellation) ?? throw new IOException(_error);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => _sink?.CompleteAsync(cancellation) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sink?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Failed(UserErrorException error)
    {
        _error = error.Message;
        _retry.Failed();
    }
}
