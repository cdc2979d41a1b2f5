using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A source of frames. Called by the capture stage from one thread.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>The name for logs, without credentials.</summary>
    string Name { get; }

    /// <summary>True for cameras: frames are dropped while the pipeline is busy. False for files: the source waits.</summary>
    bool IsLive { get; }

    /// <summary>Frames per second as stated by the source; 25 if unknown, or before a camera's first picture. Thread-safe.</summary>
    double FrameRate { get; }

    /// <summary>Total number of frames; null = unknown.</summary>
    long? FrameCount { get; }

    /// <summary>The connection status. Thread-safe.</summary>
    SourceStatus Status { get; }

    /// <summary>Reads the next frame; null at the end.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    Frame? Read(CancellationToken cancellation);
}
