using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SwiftNet.Live.Web;

/// <summary>How much a visitor may ask of the service. What is sent to it is a line, some headers and a token; commands have bounds of their own.</summary>
internal static class KestrelLimits
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Sets the limits.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = 64;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestBufferSize = 32 * 1024;
        limits.MaxRequestBodySize = 8 * 1024;
        limits.RequestHeadersTimeout = s_timeout;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
    }

    /// <summary>How long an answer may take, the preview aside, which says so itself.</summary>
    public static void Apply(RequestTimeoutOptions timeouts) => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = s_timeout };
}
