namespace SwiftNet.Live.Capture;

/// <summary>How ffmpeg gets at a camera.</summary>
internal interface ICameraInput
{
    /// <summary>What it is called in logs, without credentials.</summary>
    string Name { get; }

    /// <summary>ffmpeg's arguments up to and with <c>-i INPUT</c>. Every user of the machine can read them.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>What ffmpeg reads from its standard input, which nobody else can read; empty for nothing.</summary>
    string Script { get; }

    /// <summary>How long pictures may stay away at least without it being a stall.</summary>
    TimeSpan LeastStall { get; }

    /// <summary>Whether somebody is there, found out without a child process.</summary>
    /// <returns>Null where somebody is, otherwise what is wrong.</returns>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    SourceFailure? Knock(CancellationToken cancellation);

    /// <summary>Takes credentials out of what ffmpeg says.</summary>
    string Scrub(string line);
}
