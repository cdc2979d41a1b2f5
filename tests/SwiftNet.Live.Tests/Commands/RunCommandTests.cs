using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SwiftNet.Live.Tests.Capture.Peers;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Commands;

public sealed class RunCommandTests
{
    [Fact]
    public void Run_is_the_default_and_ends_with_its_source_and_a_ledger_that_balances()
    {
        var (code, _, errors) = LiveProcess.Run("--Capture:Source=test:moving?size=160x96&fps=100&frames=20", "--Web:Enabled=false");

        Assert.Equal(0, code);
        Assert.Contains("captured 20 = written", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unaccounted", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_one_line_and_exit_code_1() =>
        AssertOneLine("cuda:7", "--Segment:Device=cuda:7", "--Capture:Source=test:moving", "--Web:Enabled=false");

    [Fact]
    public void A_missing_video_is_one_line_and_exit_code_1() =>
        AssertOneLine("/nowhere/clip.mp4 does not exist", "--Capture:Source=/nowhere/clip.mp4", "--Web:Enabled=false");

    [Fact]
    public void Missing_weights_are_one_line_and_exit_code_1() =>
        AssertOneLine("weights /nowhere.safetensors are missing", "run", "--Segment:Weights=/nowhere.safetensors", "--Web:Enabled=false");

    [Theory]
    [InlineData("truncated", "it is truncated")]
    [InlineData("text", "no safetensors file")]
    [InlineData("terabytes", "a header of 4,398,046,511,104 bytes")]
    [InlineData("another network", "are not for swiftnet-resnet18: missing Encoder.conv1.weight")]
    public void Weights_that_are_none_are_one_line_and_exit_code_1(string kind, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad.safetensors"], kind switch
        {
            "truncated" => File.ReadAllBytes(Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors"))[..1_000_000],
            "text" => File.ReadAllBytes(Path.Combine(Repository.Folder, "LICENSE")),
            "terabytes" => [0, 0, 0, 0, 0, 4, 0, 0, .. "{}"u8],
            _ => [55, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} "u8, 0, 0, 0, 0],
        });

        var result = LiveProcess.Run(
            "run", $"--Segment:Weights={folder["bad.safetensors"]}", "--Capture:Source=test:moving", "--Web:Enabled=false");

        LiveProcess.AssertOneLine(expected, result);
        Assert.Contains(folder["bad.safetensors"], result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_in_the_settings_file_is_one_line_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["settings.json"], """{ "Memory": { "Betta": 3 } }""");

        AssertOneLine("did you mean Memory:Beta?", "run", "--settings", folder["settings.json"]);
    }

    [Fact]
    public void Invalid_options_are_told_at_once_before_anything_starts()
    {
        var (code, _, errors) = LiveProcess.Run("--Segment:Threads=-1", "--Memory:Betta", "3");

        Assert.Equal(1, code);
        Assert.Contains("Segment:Threads=-1", errors, StringComparison.Ordinal);
        Assert.Contains("did you mean Memory:Beta?", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_is_refused()
    {
        var (code, _, errors) = LiveProcess.Run("explode");

        Assert.NotEqual(0, code);
        Assert.Contains("explode", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void On_SIGTERM_the_frames_that_were_captured_are_finished_and_the_exit_code_is_0()
    {
        using var folder = new TemporaryFolder();
        using var process = new LiveProcess(
            "--Capture:Source=test:moving?size=160x96&fps=30", "--Web:Enabled=false", "--Segment:Size=160x96",
            "--Objects:Polygons=64,40;96,40;96,72;64,72",
            $"--Output:Directory={folder.Root}", "--Output:Overlay=true", "--Output:Masks=true", "--Output:JsonLines=true");
        process.WaitUntil(() => Masks(folder).Length > 10);

        process.Terminate();
        var (code, _, errors) = process.Wait();

        Assert.Equal(0, code);
        Assert.DoesNotContain("unaccounted", errors, StringComparison.Ordinal);
        var written = Masks(folder)
            .Select(path => long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture))
            .ToArray();
        // The encoder has a queue of its own, whose oldest pictures make room for newer ones where it falls behind.
        Assert.Empty(Videos.NumbersInRealTime(Assert.Single(Directory.GetFiles(folder["overlay"]))).Except(written));
        Assert.Contains($"= written {written.Length} +", errors, StringComparison.Ordinal);
        Assert.Equal(written.Length, File.ReadLines(Assert.Single(Directory.GetFiles(folder["objects"]))).Count());
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories), f => f.Contains(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_camera_that_is_absent_is_waited_for_and_SIGTERM_ends_the_wait_with_its_password_told_nowhere()
    {
        using var folder = new TemporaryFolder();
        using var hangsUp = new MjpegCamera((_, _, _) => Task.CompletedTask);
        File.WriteAllText(folder["settings.json"], $$"""{ "Capture": { "Source": "http://admin:s3c%25ret@127.0.0.1:{{hangsUp.Port}}/video?key=hidden" }, "Web": { "Enabled": false } }""");
        using var process = new LiveProcess(
            "--settings", folder["settings.json"], "--verbose", $"--Output:Directory={folder.Root}", "--Output:Overlay=true");
        // One try may make several requests: a connection that ends without an answer is made again at once.
        process.WaitToSay("is lost");
        process.WaitUntil(() => hangsUp.Requests > 2);

        process.Terminate();
        var (code, output, errors) = process.Wait();

        Assert.Equal(0, code);
        Assert.Contains($"http://127.0.0.1:{hangsUp.Port}/video?key=*** is lost", errors, StringComparison.Ordinal);
        Assert.All(["s3c", "ret@", "hidden"], secret => Assert.DoesNotContain(secret, output + errors, StringComparison.Ordinal));
    }

    [Fact]
    public void A_port_in_use_is_one_line_and_exit_code_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        AssertOneLine(
            "in use", "--Capture:Source=test:moving", $"--Web:Address=http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    [Fact]
    public void An_address_that_others_reach_is_refused_without_a_token_and_a_token_is_never_told()
    {
        AssertOneLine(
            "Web:Address=http://0.0.0.0:0: must be a loopback address", "--Capture:Source=test:moving", "--Web:Address=http://0.0.0.0:0");

        var (code, output, errors) = LiveProcess.Run(
            "--Capture:Source=test:moving?size=160x96&fps=100&frames=5", "--Segment:Size=96x96", "--Web:Address=http://0.0.0.0:0",
            "--Web:Token=staple-horse-battery", "--verbose");

        Assert.Equal(0, code);
        Assert.Contains("a token is required", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("staple", output + errors, StringComparison.Ordinal);
    }

    private static string[] Masks(TemporaryFolder folder) =>
        Directory.Exists(folder["masks"]) ? Directory.GetFiles(folder["masks"], "*.png", SearchOption.AllDirectories) : [];

    private static void AssertOneLine(string expected, params string[] arguments) =>
        LiveProcess.AssertOneLine(expected, LiveProcess.Run(arguments));
}
