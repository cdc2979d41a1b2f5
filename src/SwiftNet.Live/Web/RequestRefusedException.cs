namespace SwiftNet.Live.Web;

/// <summary>A request is refused; the message is one clear line for the one who sent it.</summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    /// <summary>HTTP's status.</summary>
    public int Status => status;
}
