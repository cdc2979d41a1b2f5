namespace SwiftNet.Imaging;

/// <summary>Something the user can mend. The message is one line: what happened, to what, and what to do; it is printed without a stack
/// trace and the process exits with 1.</summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Creates the error.</summary>
    public UserErrorException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public UserErrorException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
