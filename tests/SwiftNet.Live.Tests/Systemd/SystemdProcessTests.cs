using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Systemd;

/// <summary>What systemd hears of the real executable.</summary>
public sealed class SystemdProcessTests
{
    [Fact]
    public void It_is_told_ready_then_pinged_while_frames_get_through_then_told_stopping()
    {
        using var systemd = new NotifySocket();
        using var process = Start(systemd, "300000", "--Capture:Source=test:moving?size=160x96&fps=30", "--Segment:Size=96x96");

        Assert.Equal("READY=1", systemd.Next());
        Assert.Equal(["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"], [systemd.Next(), systemd.Next(), systemd.Next()]);
        process.Terminate();

        Assert.Equal(0, process.Wait().Code);
        // A ping may be on its way while the stop is announced.
        Assert.Equal(["STOPPING=1"], systemd.Rest().Where(said => said != "WATCHDOG=1"));
    }

    [Fact]
    public void Without_a_watchdog_it_is_told_ready_and_stopping_alone()
    {
        using var systemd = new NotifySocket();
        using var process = Start(systemd, null, "--Capture:Source=test:moving?size=160x96&fps=100&frames=20", "--Segment:Size=96x96");

        Assert.Equal(0, process.Wait().Code);

        Assert.Equal(["READY=1", "STOPPING=1"], systemd.Rest());
    }

    [Fact]
    public void It_is_not_told_ready_when_the_weights_cannot_be_loaded()
    {
        using var systemd = new NotifySocket();
        using var process = Start(systemd, "300000", "--Capture:Source=test:moving", "--Segment:Weights=/nowhere.safetensors");

        Assert.Equal(1, process.Wait().Code);

        Assert.DoesNotContain("READY=1", systemd.Rest());
    }

    [Fact]
    public void A_socket_that_is_gone_ends_nothing()
    {
        using var process = LiveProcess.With(
            new() { ["NOTIFY_SOCKET"] = "/nowhere/notify" }, "--Capture:Source=test:moving?size=160x96&fps=100&frames=5",
            "--Segment:Size=96x96", "--Web:Enabled=false");

        var (code, _, errors) = process.Wait();

        Assert.Equal(0, code);
        Assert.Contains("systemd could not be notified of READY=1", errors, StringComparison.Ordinal);
    }

    private static LiveProcess Start(NotifySocket systemd, string? watchdog, params string[] arguments) =>
        LiveProcess.With(
            new() { ["NOTIFY_SOCKET"] = systemd.Address, ["WATCHDOG_USEC"] = watchdog, ["WATCHDOG_PID"] = null },
            [.. arguments, "--Web:Enabled=false"]);
}
