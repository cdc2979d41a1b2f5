using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Web;

/// <summary>Bounds how often an address may give a wrong token: ten at once, then one every two seconds. Beyond that no token of this address is looked at.</summary>
/// <param name="logger">Where each wrong token is reported, with the address.</param>
internal sealed partial class WrongTokens(ILogger logger) : IDisposable
{
    private const int AtOnce = 10;
    private static readonly TimeSpan s_oneEvery = TimeSpan.FromSeconds(2);
    private readonly PartitionedRateLimiter<IPAddress> _tries = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(
        address, static _ => new TokenBucketRateLimiterOptions { TokenLimit = AtOnce, TokensPerPeriod = 1, ReplenishmentPeriod = s_oneEvery }));

    /// <summary>Refuses a try of an address that has none left.</summary>
    /// <exception cref="RequestRefusedException">It has given too many wrong tokens.</exception>
    public void RequireATry(HttpContext http)
    {
        using var lease = _tries.AttemptAcquire(GroupOf(http), permitCount: 0);
        if (!lease.IsAcquired)
        {
            var seconds = s_oneEvery.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            http.Response.Headers.RetryAfter = seconds;
            throw new RequestRefusedException(StatusCodes.Status429TooManyRequests, $"Too many wrong tokens came from this address. Try again in {seconds} seconds.");
        }
    }

    /// <summary>A wrong token was given.</summary>
    public void Add(HttpContext http)
    {
        _tries.AttemptAcquire(GroupOf(http)).Dispose();
        Log.Wrong(logger, VisitorAddress.Text(http.Connection.RemoteIpAddress));
    }

    /// <inheritdoc/>
    public void Dispose() => _tries.Dispose();

    private static IPAddress GroupOf(HttpContext http) => VisitorAddress.Group(http.Connection.RemoteIpAddress);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Wrong token from {Address}")]
        public static partial void Wrong(ILogger logger, string address);
    }
}
