using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>An output of a live camera that cannot be opened now, such as one whose folder is not writable: it fails by itself and is opened again later, and nothing else waits for it.</summary>
internal sealed class RetriedSink : IFrameSink
{
    private readonly Func<IFrameSink> _make;
    private readonly RetryTime _retry;
    private IFrameSink? _sink;
    private string _error = "";

    /// <summary>Opens it at once where that is possible.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="showsPictures">As <see cref="IFrameSink.ShowsPictures"/>.</param>
    /// <param name="make">Opens it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">Another process writes into its folder.</exception>
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
