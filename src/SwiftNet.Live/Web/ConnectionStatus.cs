using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Web;

/// <summary>How a camera's source is, as <see cref="SourceStatus"/> has it, in the page's words.</summary>
/// <param name="State">One word: connecting, streaming, stalled, backing_off, refused, ended.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reconnects">Times that pictures came again after they had been lost.</param>
/// <param name="FailedTries">Tries since the last picture that led to none.</param>
/// <param name="Fault">The last fault, one word; null while there was none.</param>
/// <param name="Error">The last fault in words, without credentials.</param>
/// <param name="ErrorTime">When it happened.</param>
/// <param name="RetryAt">When it is tried again; null where no try is due.</param>
internal readonly record struct ConnectionStatus(
    string State, DateTimeOffset Since, int Reconnects, int FailedTries, string? Fault, string? Error, DateTimeOffset? ErrorTime, DateTimeOffset? RetryAt)
{
    /// <summary>Of a source's status.</summary>
    public static ConnectionStatus Of(SourceStatus status) => new(
        Word(status.State), status.Since, status.Reconnects, status.FailedTries, status.Fault?.ToString().ToLowerInvariant(), status.Error, status.ErrorTime, status.RetryAt);

    /// <summary>A state as one word.</summary>
    public static string Word(SourceState state) => state == SourceState.BackingOff ? "backing_off" : state.ToString().ToLowerInvariant();
}
