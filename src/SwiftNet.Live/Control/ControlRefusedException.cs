namespace SwiftNet.Live.Control;

/// <summary>Why a command is refused, with HTTP's number for it.</summary>
internal enum Refusal
{
    /// <summary>It is not written as it should be.</summary>
    Malformed = 400,

    /// <summary>It comes from elsewhere.</summary>
    Forbidden = 403,

    /// <summary>There is no such camera or object.</summary>
    Unknown = 404,

    /// <summary>It cannot be done as things are.</summary>
    Conflict = 409,

    /// <summary>The frame is no longer kept.</summary>
    Gone = 410,

    /// <summary>Another client has changed the list.</summary>
    Changed = 412,

    /// <summary>It is too much.</summary>
    TooLarge = 413,

    /// <summary>It is of another type.</summary>
    WrongType = 415,

    /// <summary>It is well written, but of no use.</summary>
    Unusable = 422,

    /// <summary>There was no time for it.</summary>
    Busy = 503,
}

/// <summary>A command is refused; the message is one clear line for the client that sent it.</summary>
internal sealed class ControlRefusedException(Refusal why, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public Refusal Why => why;
}
