using System.Collections.Concurrent;

namespace SwiftNet.Live.Output;

/// <summary>Pending changes of outputs: those of the start, and later reconfigurations. Any thread may add one; the stage applies it before
/// its next frame.</summary>
internal sealed class SinkChanges
{
    private readonly ConcurrentQueue<SinkChange> _pictures = new();
    private readonly ConcurrentQueue<SinkChange> _others = new();

    /// <summary>Adds a change.</summary>
    public void Put(SinkChange change) => (change.Kind.ShowsPictures ? _pictures : _others).Enqueue(change);

    /// <summary>The next change for sinks that show pictures, or for the others; null = none.</summary>
    public SinkChange? Take(bool showsPictures) => (showsPictures ? _pictures : _others).TryDequeue(out var change) ? change : null;
}

/// <summary>Replacement of one sink.</summary>
/// <param name="Kind">The output.</param>
/// <param name="Make">Creates the new sink, owned by the caller; null = remove only.</param>
internal sealed record SinkChange(ChangeableSink Kind, Func<IFrameSink>? Make);
