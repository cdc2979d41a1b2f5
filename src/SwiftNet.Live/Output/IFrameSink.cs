using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>An output for results. Called by the output stage from one thread; must not keep the frame after a call.</summary>
internal interface IFrameSink : IAsyncDisposable
{
    /// <summary>The name for logs and the status page.</summary>
    string Name { get; }

    /// <summary>Whether the sink shows pictures and may get each with the newest available mask before its own mask is ready
    /// (Output:Align=latest). Other sinks get every frame with its own mask.</summary>
    bool ShowsPictures => false;

    /// <summary>Whether the sink uses the frame with its objects drawn in.</summary>
    bool TakesOverlay => ShowsPictures;

    /// <summary>Counters of a sink with its own queue and worker, which accepts every frame at once and counts and reports results itself;
    /// null if the output stage does that.</summary>
    SinkCounters? OwnCounters => null;

    /// <summary>Takes one result. <paramref name="overlay"/> is the frame with its objects drawn in: BGR, native size.</summary>
    /// <exception cref="IOException">The result could not be taken; the output stage counts and reports that, and continues with the
    /// next.</exception>
    ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation);

    /// <summary>Completes all results and moves them to their final place. Without this call (a failed run) no incomplete result has a
    /// final name.</summary>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
