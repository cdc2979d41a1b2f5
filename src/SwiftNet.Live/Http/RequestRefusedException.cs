namespace SwiftNet.Live.Http;

/// <summary>A refused request; the message is one line for the client.</summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
