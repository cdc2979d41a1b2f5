namespace SwiftNet;

/// <summary>A weights file that cannot be used; the message says which file, all that is wrong with it, and what to do.</summary>
public sealed class WeightsException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WeightsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public WeightsException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>A device that was asked for and is not there.</summary>
public sealed class DeviceException(string message) : Exception(message);
