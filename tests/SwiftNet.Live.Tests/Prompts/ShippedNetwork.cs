using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Tests.Prompts;

/// <summary>The network that is shipped, loaded once for a class of tests.</summary>
public sealed class ShippedNetwork : IDisposable
{
    internal SharedNetwork Network { get; } = new(new Settings(), NullLogger<SharedNetwork>.Instance);

    public void Dispose() => Network.Dispose();
}
