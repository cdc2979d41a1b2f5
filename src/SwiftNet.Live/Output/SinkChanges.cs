using System.Collections.Concurrent;

namespace SwiftNet.Live.Output;

/// <summary>Where the outputs that can change wait for the stage that serves them: those of the start, and later what has changed. Any thread may put one in; the stage takes it before its next frame.</summary>
internal sealed class SinkChanges
{
    private readonly ConcurrentQueue<SinkChange> _pictures = new();
    private readonly ConcurrentQueue<SinkChange> _others = new();

    /// <summary>Puts a change in.</summary>
    public void Put(SinkChange change) => (change.Kind.ShowsPictures ? _pictures : _others).Enqueue(change);

    /// <summary>Takes the next change for sinks that show pictures, or for the others; null where there is none.</summary>
    public SinkChange? Take(bool showsPictures) => (showsPictures ? _pictures : _others).TryDequeue(out var change) ? change : null;
}

/// <summary>One sink in place of another.</summary>
/// <param name="Kind">Which output it is.</param>
/// <param name="Make">Makes the new one, which is the caller's; null where there is to be none.</param>
internal sealed record SinkChange(ChangeableSink Kind, Func<IFrameSink>? Make);
