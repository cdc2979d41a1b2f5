namespace SwiftNet;

/// <summary>The network with its weights on one device. Holds no video's state, so several segmenters may share it, one thread at a time.</summary>
public sealed class SwiftNetModel : IDisposable
{
    /// <summary>Reads the weights and prepares them for the device: BatchNorm folded, channels-last, in the wanted precision.</summary>
    /// <param name="path">A safetensors file with the names of the published checkpoint.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="precision">The convolutions' number format.</param>
    /// <exception cref="WeightsException">The file is no safetensors file, truncated, or of another architecture; the message lists every difference.</exception>
    /// <exception cref="DeviceException">The device is not there.</exception>
    public static SwiftNetModel Load(string path, string device = "auto", Precision precision = Precision.Auto) => new();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
