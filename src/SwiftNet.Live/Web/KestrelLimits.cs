using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SwiftNet.Live.Control.Api;

namespace SwiftNet.Live.Web;

/// <summary>Limits on requests. A normal request has a short line, some headers and a token; commands have limits of their own.</summary>
internal static class KestrelLimits
{
    /// <summary>Sets the limits.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="connections">The connection limit.</param>
    public static void Apply(KestrelServerOptions kestrel, ConnectionLimit connections)
    {
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(connections.Count);
        });
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestBufferSize = 32 * 1024;
        limits.MaxRequestBodySize = 8 * 1024;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.RequestHeadersTimeout = RequestReader.AnswerTime;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
    }

    /// <summary>Adds the time limit for responses; endless endpoints opt out.</summary>
    public static void Apply(RequestTimeoutOptions timeouts) =>
        timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = RequestReader.AnswerTime };
}
