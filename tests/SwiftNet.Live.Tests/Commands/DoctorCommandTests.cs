using System.Net;
using System.Net.Sockets;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

public sealed class DoctorCommandTests
{
    [Fact]
    public void Where_all_is_there_it_says_so_and_what_the_network_runs_on()
    {
        var (code, output, errors) = LiveProcess.Run("doctor", "--Web:Enabled=false", "--Segment:Precision=float32");

        Assert.True(code == 0, output + errors);
        Assert.Contains("cpu with float32", output, StringComparison.Ordinal);
        Assert.Contains("encoder lib", output, StringComparison.Ordinal);
        Assert.EndsWith("The service can run.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_ffmpeg_it_fails_with_the_command_that_installs_it_and_looks_at_all_the_rest()
    {
        using var process = LiveProcess.In(AppContext.BaseDirectory, "/nowhere", "doctor", "--Web:Enabled=false");
        var (code, output, _) = process.Wait();

        Assert.Equal(1, code);
        Assert.Contains("MISSING  ffmpeg", output, StringComparison.Ordinal);
        Assert.Contains("apt-get install --no-install-recommends ffmpeg", output, StringComparison.Ordinal);
        Assert.Contains("ok       device", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libOpenCvSharpExtern.so", "OpenCV", "libtorch")]
    [InlineData("libLibTorchSharp.so", "libtorch", "OpenCV")]
    public void A_native_library_that_does_not_load_is_one_line_and_the_others_are_looked_at(string library, string missing, string fine)
    {
        using var folder = new TemporaryFolder();
        CopyProgram(folder.Root, library);

        using var process = LiveProcess.In(folder.Root, path: null, "doctor", "--Web:Enabled=false");
        var (code, output, _) = process.Wait();

        Assert.Equal(1, code);
        Assert.Contains($"MISSING  {missing}", output, StringComparison.Ordinal);
        Assert.Contains($"ok       {fine}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_settings_and_missing_weights_are_findings_as_well()
    {
        var (code, output, _) = LiveProcess.Run("doctor", "--Segment:Thread=1");

        Assert.Equal(1, code);
        Assert.Contains("MISSING  settings", output, StringComparison.Ordinal);
        (code, output, _) = LiveProcess.Run("doctor", "--Web:Enabled=false", "--Segment:Weights=/nowhere.safetensors");
        Assert.Equal(1, code);
        Assert.Contains("MISSING  weights      The weights /nowhere.safetensors are missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_settings_name_is_tried_each_by_itself()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["taken"], "a file");
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var taken = ((IPEndPoint)port.LocalEndpoint).Port;
        var (code, output, errors) = LiveProcess.Run(
            "doctor", $"--Web:Address=http://127.0.0.1:{taken}", $"--Output:Directory={folder["taken/results"]}",
            "--Output:Mqtt:Host=127.0.0.1", $"--Output:Mqtt:Port={Broker.FreePort()}",
            "--Cameras:0:Name=gate", $"--Cameras:0:Capture:Source=rtsp://someone:secret@127.0.0.1:{Broker.FreePort()}/none",
            "--Cameras:1:Name=yard", "--Cameras:1:Capture:Source=test:moving?size=128x64");

        Assert.True(code == 1, output + errors);
        Assert.Contains("FAILS    output", output, StringComparison.Ordinal);
        Assert.Contains("FAILS    MQTT", output, StringComparison.Ordinal);
        Assert.Contains("FAILS    camera gate", output, StringComparison.Ordinal);
        Assert.Contains("ok       camera yard  test:moving gives pictures of 128x64", output, StringComparison.Ordinal);
        Assert.Contains("FAILS    status page", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["taken/results"]));
    }

    [Fact]
    public void A_port_that_the_service_itself_holds_is_no_fault_and_its_cameras_are_asked_there()
    {
        using var folder = new TemporaryFolder();
        string[] settings =
        [
            $"--Web:Address=http://127.0.0.1:{Broker.FreePort()}",
            "--Web:Token=correct horse battery staple",
            "--Capture:Source=test:moving?size=128x64&fps=10",
            "--Segment:Size=64x48",
            $"--Output:Directory={folder.Root}",
        ];
        using var service = new LiveProcess(settings);
        service.WaitToSay("Capturing");
        var (code, output, errors) = LiveProcess.Run(["doctor", .. settings]);
        Assert.True(code == 0, output + errors);
        Assert.Contains("is held by the service, which runs and answers", output, StringComparison.Ordinal);
        Assert.EndsWith("The service can run.\n", output, StringComparison.Ordinal);
    }

    /// <summary>The program as links, but for one library that holds nothing.</summary>
    private static void CopyProgram(string folder, string damaged)
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            var name = Path.GetFileName(file);
            var copy = Path.Combine(folder, name);
            if (name == damaged)
            {
                File.WriteAllText(copy, "");
            }
            else if (name.StartsWith("swiftnet-live", StringComparison.Ordinal) || name.EndsWith("Sharp.dll", StringComparison.Ordinal))
            {
                // Libraries are looked for beside the file itself, so a link would find the whole ones.
                File.Copy(file, copy);
            }
            else
            {
                File.CreateSymbolicLink(copy, file);
            }
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, "models"), Path.Combine(AppContext.BaseDirectory, "models"));
    }
}
