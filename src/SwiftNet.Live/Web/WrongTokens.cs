using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Web;

/// <summary>Limits attempts with a wrong token per address: ten at once, then one every two seconds. Beyond that, tokens from the address
/// are not checked.</summary>
/// <param name="logger">Receives each wrong token's address.</param>
internal sealed partial class WrongTokens(ILogger logger) : IDisposable
{
    private const int AtOnce = 10;
    private static readonly TimeSpan s_oneEvery = TimeSpan.FromSeconds(2);
    private readonly PartitionedRateLimiter<IPAddress> _tries = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(
            address,
            static _ => new TokenBucketRateLimiterOptions { TokenLimit = AtOnce, TokensPerPeriod = 1, ReplenishmentPeriod = s_oneEvery }));

    /// <summary>Refuses an attempt beyond the limit.</summary>
    /// <exception cref="RequestRefusedException">The address has exceeded the limit.</exception>
    public void RequireATry(HttpContext http)
    {
        using var lease = _tries.AttemptAcquire(GroupOf(http), permitCount: 0);
        if (!lease.IsAcquired)
        {
            var seconds = s_oneEvery.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            http.Response.Headers.RetryAfter = seconds;
            throw new RequestRefusedException(
                StatusCodes.Status429TooManyRequests, $"Too many wrong tokens from this address. Try again in {seconds} seconds.");
        }
    }

    /// <summary>Counts a wrong token.</summary>
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
