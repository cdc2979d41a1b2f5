namespace SwiftNet.Live.Pipeline;

/// <summary>What a source is doing.</summary>
internal enum SourceState
{
    /// <summary>It is being opened; no picture has come yet.</summary>
    Connecting,

    /// <summary>Pictures come.</summary>
    Streaming,

    /// <summary>Pictures stopped without a word; it is opened anew at <see cref="SourceStatus.RetryAt"/>.</summary>
    Stalled,

    /// <summary>It cannot be had; it is tried again at <see cref="SourceStatus.RetryAt"/>.</summary>
    BackingOff,

    /// <summary>It refuses the credentials; it is tried again at <see cref="SourceStatus.RetryAt"/>, minutes later, since cameras lock
    /// accounts.</summary>
    Refused,

    /// <summary>No more pictures come: a file is through, or the service stops.</summary>
    Ended,
}

/// <summary>Why a source was lost or cannot be had.</summary>
internal enum SourceFault
{
    /// <summary>There is no answer at its address.</summary>
    Unreachable,

    /// <summary>It refuses the credentials, or there are none (401, 403).</summary>
    Authentication,

    /// <summary>It answers and has no such stream or device (404).</summary>
    NotFound,

    /// <summary>The encrypted connection cannot be made.</summary>
    Tls,

    /// <summary>What it sends cannot be decoded.</summary>
    Codec,

    /// <summary>It is connected and sends nothing.</summary>
    Stalled,

    /// <summary>It ended the stream, or the decoder was killed.</summary>
    Ended,
}

/// <summary>How a source is at one moment. Any thread may read it; it holds no credentials.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Since">Since when.</param>
internal sealed record SourceStatus(SourceState State, DateTimeOffset Since)
{
    /// <summary>Times that pictures came again after they had been lost.</summary>
    public int Reconnects { get; init; }

    /// <summary>Tries since the last picture that led to none; 0 while streaming.</summary>
    public int FailedTries { get; init; }

    /// <summary>The last fault, which stays when pictures come again; null while there was none.</summary>
    public SourceFault? Fault { get; init; }

    /// <summary>The last fault in words.</summary>
    public string? Error { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? ErrorTime { get; init; }

    /// <summary>When it is tried again; null where no try is due.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
