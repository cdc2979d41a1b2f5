using System.Diagnostics;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>However the executable is ended: what it has is finished, or one line says why not, and the exit code is right.</summary>
public sealed class WaysOfEndingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)] // SIGHUP: the terminal is closed
    [InlineData(2)] // SIGINT
    [InlineData(15)] // SIGTERM
    public void A_signal_leaves_whole_results_of_what_was_captured(int signal)
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=1500");
        // What starts the tests may ignore a signal, and a child inherits that: a shell does so for what it runs in the background.
        using var process = LiveProcess.By(["env", "--default-signal=HUP,INT,TERM"], [], Arguments("in.mp4"));
        process.WaitUntil(() => File.Exists(_folder["out/masks/00005.png"]));

        process.Signal(signal);

        Assert.Equal(0, process.Wait().Code);
        var masks = Directory.GetFiles(_folder["out/masks"], "*.png").Length;
        Assert.InRange(masks, 6, 1499);
        Assert.Equal(masks, File.ReadLines(_folder["out/objects.jsonl"]).Count());
        Assert.Equal(masks, Videos.Numbers(_folder["out/overlay.mp4"]).Length);
    }

    [Fact]
    public void A_run_that_was_started_with_nohup_hears_no_hang_up()
    {
        using var process = LiveProcess.By(
            ["nohup"],
            [],
            "run",
            "--Capture:Source=test:moving?size=160x96&fps=30&frames=300",
            "--Web:Enabled=false",
            "--Segment:Size=96x96");
        process.WaitToSay("Network ");
        process.Signal(1);

        var (code, _, errors) = process.Wait();
        Assert.Equal(0, code);
        Assert.Contains("captured 300 =", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    public void A_signal_while_it_starts_ends_it_without_an_error(int signal)
    {
        // Sixteen cameras take a while to start, and no frame has come before the last one has.
        File.WriteAllText(_folder["settings.json"], $$"""
            { "Capture": { "Source": "test:moving?size=160x96" }, "Segment": { "Size": "96x96" }, "Web": { "Enabled": false }, "Output": { "Directory": "{{_folder["out"]}}" },
              "Cameras": [ {{string.Join(", ", Enumerable.Range(0, 16).Select(n => $"{{ \"Name\": \"c{n}\", \"Output\": {{ \"JsonLines\": true }} }}"))}} ] }
            """);
        using var process = new LiveProcess("run", "--settings", _folder["settings.json"]);
        process.WaitUntil(() => Directory.Exists(_folder["out/c0"]));

        process.Signal(signal);

        var (code, _, errors) = process.Wait();
        Assert.Equal(0, code);
        Assert.DoesNotContain("swiftnet-live:", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-", 0, "")]
    [InlineData(">&- 2>&-", 0, "")]
    [InlineData("2>&-", 0, "")]
    [InlineData("| head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", 0, "")]
    [InlineData(">/dev/full", 1, "swiftnet-live: The standard output cannot be written: No space left on device\n")]
    public void Without_a_standard_output_the_results_are_the_same(string redirected, int code, string errors)
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=5");

        Assert.Equal((code, errors), InShell($"\"$@\" {redirected}"));
        Assert.Equal(5, File.ReadLines(_folder["out/objects.jsonl"]).Count());
        Assert.Equal(5, Videos.Numbers(_folder["out/overlay.mp4"]).Length);
        Assert.All(Directory.GetFiles(_folder["out/masks"]), mask => Assert.Equal(160, IndexedPng.Read(mask).Width));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    public void With_too_few_file_descriptors_one_line_says_so(int limit)
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=5");

        var (code, errors) = InShell($"ulimit -n {limit}; exec \"$@\"");

        Assert.Equal(1, code);
        Assert.Equal(
            $"swiftnet-live: {limit} files may be open at a time, and 160 are needed; raise the limit (ulimit -n 4096, or LimitNOFILE= of "
                + "a service).\n",
            errors);
    }

    private string[] Arguments(string input) =>
        ["segment", _folder[input], "--polygon", "64,40;96,40;96,72;64,72", "--output", _folder["out"], "--Segment:Size=160x96"];

    private (int Code, string Errors) InShell(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", "dotnet", Path.Combine(AppContext.BaseDirectory, "swiftnet-live.dll"), .. Arguments("in.mp4")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(3)));
        output.GetAwaiter().GetResult();
        return (process.ExitCode, errors);
    }
}
