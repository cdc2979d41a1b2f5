namespace SwiftNet.Live.Capture;

/// <summary>How to get at a camera.</summary>
internal interface ICameraInput
{
    /// <summary>What it is called in logs, without credentials.</summary>
    string Name { get; }

    /// <summary>How long pictures may stay away at least without it being a stall.</summary>
    TimeSpan LeastStall { get; }

    /// <summary>Whether somebody is there, found out without a child process.</summary>
    /// <returns>Null where somebody is, otherwise what is wrong.</returns>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    SourceFailure? Knock(CancellationToken cancellation);

    /// <summary>What ffmpeg gets for one connection; the caller's.</summary>
    CameraFeed Feed();

    /// <summary>What follows from a connection that failed or ended.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="gavePictures">Whether it gave pictures before.</param>
    /// <returns>Null where another way to the camera is to be tried at once; otherwise the failure, with what can be done about it.</returns>
    SourceFailure? Explain(SourceFailure failure, bool gavePictures);

    /// <summary>Takes credentials out of what ffmpeg says.</summary>
    string Scrub(string line);
}
