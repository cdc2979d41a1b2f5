using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Logging;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Logging;

public sealed partial class RepeatLimitTests
{
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_repeats_is_left_out_beyond_a_count_and_told_once_the_minute_is_over()
    {
        using var limit = new RepeatLimit(new Provider(_lines), _time);
        var logger = limit.CreateLogger("camera");
        for (var i = 0; i < 100; i++)
        {
            Broken(logger, i);
            Other(logger);
        }

        Assert.Equal(RepeatLimit.Most, _lines.All.Count(line => line.StartsWith("Broken", StringComparison.Ordinal)));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("80 more lines like this were left out within a minute, the newest: Broken for the 99. time", _lines.All);

        // A new minute, a new count; another camera has its own.
        Broken(logger, 100);
        Assert.Contains("Broken for the 100. time", _lines.All);
        Broken(limit.CreateLogger("other camera"), 7);
        Assert.Equal(2, _lines.All.Count(line => line == "Broken for the 7. time"));
    }

    [Fact]
    public void Each_address_has_its_own_count_and_details_are_not_limited()
    {
        using var limit = new RepeatLimit(new Provider(_lines), _time);
        var logger = limit.CreateLogger("door");
        for (var i = 0; i < 50; i++)
        {
            Wrong(logger, $"203.0.113.{i}");
            Detail(logger, i);
        }

        Assert.Equal(100, _lines.All.Count());
    }

    [Fact]
    public void What_was_left_out_is_told_at_the_end_as_well()
    {
        using (var limit = new RepeatLimit(new Provider(_lines), _time))
        {
            for (var i = 0; i < 30; i++)
            {
                Broken(limit.CreateLogger("camera"), i);
            }
        }

        Assert.StartsWith("10 more lines", _lines.All.Last(), StringComparison.Ordinal);
    }

    [LoggerMessage(1, LogLevel.Warning, "Broken for the {Count}. time")]
    private static partial void Broken(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Information, "Other")]
    private static partial void Other(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Wrong token from {Address}")]
    private static partial void Wrong(ILogger logger, string address);

    [LoggerMessage(4, LogLevel.Debug, "Detail {Count}")]
    private static partial void Detail(ILogger logger, int count);

    private sealed class Provider(ILogger logger) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void Dispose()
        {
        }
    }
}
