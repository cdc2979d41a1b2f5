using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A place that pictures come from. The capture stage calls it from one thread.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>What it is called in logs, without credentials.</summary>
    string Name { get; }

    /// <summary>True for cameras: frames that nobody is ready for are stale and dropped. False for files: the pipeline waits.</summary>
    bool IsLive { get; }

    /// <summary>Frames a second, as the source says; 25 where it does not, and before a camera has given its first picture. Any thread may ask.</summary>
    double FrameRate { get; }

    /// <summary>Frames in all, or null where that is not known.</summary>
    long? FrameCount { get; }

    /// <summary>How it is; any thread may ask.</summary>
    SourceStatus Status { get; }

    /// <summary>Waits for the next frame; null when there are no more.</summary>
    /// <exception cref="IOException">The source broke.</exception>
    Frame? Read(CancellationToken cancellation);
}
