using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Status;

/// <summary>Status of a camera's source for JSON, from <see cref="SourceStatus"/>.</summary>
/// <param name="State">connecting, streaming, stalled, backing_off, refused or ended.</param>
/// <param name="Since">Time of the last state change.</param>
/// <param name="Reconnects">Number of reconnections after a loss.</param>
/// <param name="FailedTries">Failed connection attempts since the last picture.</param>
/// <param name="Fault">Kind of the last failure; null = none yet.</param>
/// <param name="Error">Description of the last failure, without credentials.</param>
/// <param name="ErrorTime">Time of the last failure.</param>
/// <param name="RetryAt">Time of the next connection attempt; null = none scheduled.</param>
internal readonly record struct ConnectionStatus(
    string State,
    DateTimeOffset Since,
    int Reconnects,
    int FailedTries,
    string? Fault,
    string? Error,
    DateTimeOffset? ErrorTime,
    DateTimeOffset? RetryAt)
{
    /// <summary>Converts a source's status.</summary>
    public static ConnectionStatus Of(SourceStatus status) => new(
        Word(status.State), status.Since, status.Reconnects, status.FailedTries, status.Fault?.ToString().ToLowerInvariant(), status.Error,
        status.ErrorTime, status.RetryAt);

    /// <summary>Converts a state to its JSON name.</summary>
    public static string Word(SourceState state) => state == SourceState.BackingOff ? "backing_off" : state.ToString().ToLowerInvariant();
}
