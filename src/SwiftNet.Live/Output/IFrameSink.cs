using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>A place that results go to. The output stage calls it from one thread; a sink never keeps the frame after it returns.</summary>
internal interface IFrameSink : IAsyncDisposable
{
    /// <summary>What it is called in logs and on the status page.</summary>
    string Name { get; }

    /// <summary>Whether it shows pictures, so that it may have each with the newest mask there is, before its own is there (Output:Align=latest). Others get every frame with its own mask.</summary>
    bool ShowsPictures => false;

    /// <summary>The counts of a sink with a queue and worker of its own, which takes every frame at once and counts and reports by itself; null where the output stage does that.</summary>
    SinkTally? OwnTally => null;

    /// <summary>Takes one result. <paramref name="overlay"/> is the frame with its objects drawn in: BGR, the frame's size.</summary>
    /// <exception cref="IOException">The result could not be taken; the output stage counts it, reports it and tries the next.</exception>
    ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation);

    /// <summary>Ends it well: what was taken is complete and in its final place afterwards. Without this call (a failed run) nothing half-made is left under a final name.</summary>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
