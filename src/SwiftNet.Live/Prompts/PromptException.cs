namespace SwiftNet.Live.Prompts;

/// <summary>Why a prompt gives no mask.</summary>
internal enum PromptFault
{
    /// <summary>It is well formed, but no object can be made of it: off the picture, empty, damaged, or no pixel is left.</summary>
    Unusable,

    /// <summary>It claims more pixels, corners or points than are read.</summary>
    TooLarge,

    /// <summary>What is said to be a PNG is none.</summary>
    WrongType,
}

/// <summary>A prompt that gives no mask. The message is one line: what is wrong with it, and what to do.</summary>
internal sealed class PromptException : Exception
{
    /// <summary>Creates the error.</summary>
    public PromptException(PromptFault fault, string message, Exception? cause = null)
        : base(message, cause) => Fault = fault;

    /// <summary>Its kind.</summary>
    public PromptFault Fault { get; }
}
