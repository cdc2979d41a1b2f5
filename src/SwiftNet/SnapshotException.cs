namespace SwiftNet;

/// <summary>A snapshot that cannot be used; the message says in one line why.</summary>
public sealed class SnapshotException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SnapshotException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public SnapshotException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
