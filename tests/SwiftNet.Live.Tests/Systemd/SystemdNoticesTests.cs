using System.Threading.Channels;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Systemd;

namespace SwiftNet.Live.Tests.Systemd;

/// <summary>The watchdog, by a clock that is put forward: what is said and logged comes out in one order.</summary>
public sealed class SystemdNoticesTests : ISystemdNotifier, ILogger<SystemdNotices>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly FakeTimeProvider _time = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    bool ISystemdNotifier.IsEnabled => true;

    [Fact]
    public async Task Pings_stop_for_as_long_as_one_camera_of_two_is_stuck()
    {
        var (gate, yard) = (Run(), Run());
        using var notices = new SystemdNotices(this, s_interval, [Progress("gate", gate), Progress("yard", yard)], _lifetime, _time, this);
        await notices.StartAsync(CancellationToken.None);
        _lifetime.NotifyStarted();
        Assert.Equal("READY=1", await NextAsync());

        Frame(gate);
        Frame(yard);
        Assert.Equal("WATCHDOG=1", await TickAsync());

        // A frame of yard is stuck in its segment stage.
        yard.Ledger.Captured();
        for (var tick = 0; tick < 3; tick++)
        {
            Frame(gate);
            Assert.StartsWith("No frame of camera yard was processed for 10 s", await TickAsync(), StringComparison.Ordinal);
        }

        Frame(gate);
        yard.Ledger.Written();
        Assert.Equal("WATCHDOG=1", await TickAsync());

        _lifetime.StopApplication();
        Assert.Equal("STOPPING=1", await NextAsync());
        await notices.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("30000000", null, 10)]
    [InlineData("30000000", "own", 10)]
    [InlineData("30000000", "1", null)]
    [InlineData(null, null, null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    public void A_ping_is_due_after_a_third_of_the_watchdogs_time_if_it_is_meant_for_this_process(
        string? time, string? process, int? seconds)
    {
        var interval = WatchdogInterval.From(
            name => name == "WATCHDOG_USEC" ? time : process == "own" ? Environment.ProcessId.ToString() : process);
        Assert.Equal(seconds, interval?.TotalSeconds);
    }

    void ISystemdNotifier.Notify(ServiceState state) => _said.Writer.TryWrite(state.ToString());

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _said.Writer.TryWrite(formatter(state, exception));

    private static void Frame(PipelineRun run)
    {
        run.Ledger.Captured();
        run.Ledger.Written();
    }

    private PipelineRun Run() => new(new ServiceLife(_lifetime, 2), NullLogger<PipelineRun>.Instance);

    private FrameWatchdog Progress(string name, PipelineRun run) =>
        new(name, run, () => TimeSpan.FromSeconds(0.04), static () => false, _time);

    private async Task<string> TickAsync()
    {
        _time.Advance(s_interval);
        return await NextAsync();
    }

    private async Task<string> NextAsync() =>
        await _said.Reader.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
}
