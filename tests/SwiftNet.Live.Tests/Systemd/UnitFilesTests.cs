using CliWrap;
using CliWrap.Buffered;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Systemd;

/// <summary>The unit files as systemd itself judges them.</summary>
public sealed class UnitFilesTests
{
    private const string Program = "/opt/swiftnet-live/current/swiftnet-live";

    // What systemd-analyze calls the exposure is ten times less: 3.0 of 10.
    private const int MostExposure = 30;

    private const int OfflineSince = 250;

    [Theory]
    [InlineData("swiftnet-live.service")]
    [InlineData("swiftnet-live@.service")]
    public async Task Systemd_finds_nothing_wrong(string unit)
    {
        // A copy whose program and user exist here: those are looked for.
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(PathOf(unit), TestContext.Current.CancellationToken);
        Assert.Contains($"ExecStart={Program} ", text, StringComparison.Ordinal);
        var copy = folder[unit.Replace("@", "@gate", StringComparison.Ordinal)];
        await File.WriteAllTextAsync(
            copy, text.Replace(Program, "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, said) = await AnalyzeAsync("verify", "--man=no", "--recursive-errors=no", copy);

        Assert.Equal((0, ""), (code, said));
    }

    [Theory]
    [InlineData("swiftnet-live.service")]
    [InlineData("swiftnet-live@.service")]
    public async Task Little_of_the_system_is_exposed(string unit)
    {
        var (code, said) = await AnalyzeAsync("security", "--offline=true", "--no-pager", $"--threshold={MostExposure}", PathOf(unit));

        Assert.True(code == 0, said);
        Assert.Contains("Overall exposure level", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_differs_from_the_service_in_the_instances_name_alone()
    {
        Assert.Equal(
            Settings("swiftnet-live.service").Select(line => line.Replace("/appsettings.json", ".json", StringComparison.Ordinal)),
            Settings("swiftnet-live@.service").Select(
                line => line.Replace(", %i", "", StringComparison.Ordinal).Replace("/%i", "", StringComparison.Ordinal)));

        static IEnumerable<string> Settings(string unit) => File.ReadLines(PathOf(unit)).Where(line => !line.StartsWith('#'));
    }

    private static string PathOf(string unit) => Path.Combine(Repository.Folder, "systemd", unit);

    private static async Task<(int Code, string Said)> AnalyzeAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed (Debian package systemd).");
        // The first line is "systemd 252 (252.38-1~deb12u1)".
        var version = int.Parse((await RunAsync("--version")).Said.Split(' ')[1]);
        Assert.SkipUnless(version >= OfflineSince, $"systemd-analyze {version} cannot judge a file off line; {OfflineSince} can.");
        return await RunAsync(arguments);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var result = await Cli.Wrap("/usr/bin/systemd-analyze")
            .WithArguments(arguments)
            .WithEnvironmentVariables(e => e.Set("LC_ALL", "C.UTF-8"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }
}
