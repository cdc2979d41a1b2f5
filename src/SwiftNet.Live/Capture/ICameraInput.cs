namespace SwiftNet.Live.Capture;

/// <summary>Access to a camera.</summary>
internal interface ICameraInput
{
    /// <summary>The name for logs, without credentials.</summary>
    string Name { get; }

    /// <summary>Shortest gap between pictures that counts as a stall.</summary>
    TimeSpan LeastStall { get; }

    /// <summary>Checks that the camera is reachable, without starting a child process.</summary>
    /// <returns>Null = reachable; otherwise the failure.</returns>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    SourceFailure? CheckReachable(CancellationToken cancellation);

    /// <summary>Creates ffmpeg's input for one connection; the caller disposes it.</summary>
    CameraFeed Feed();

    /// <summary>Decides what follows a failed or ended connection.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="gavePictures">Whether the connection had delivered pictures.</param>
    /// <returns>Null = retry at once in another way, such as over another transport; otherwise the failure with advice.</returns>
    SourceFailure? Explain(SourceFailure failure, bool gavePictures);

    /// <summary>Removes credentials from ffmpeg's messages.</summary>
    string Scrub(string line);
}
