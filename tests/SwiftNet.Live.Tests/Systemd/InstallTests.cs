using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Systemd;

/// <summary>scripts/install into a folder, of a program of one line that stands for the published one.</summary>
[SupportedOSPlatform("linux")]
public sealed class InstallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Current => _folder["root/opt/swiftnet-live/current"];

    private string Settings => _folder["root/etc/swiftnet-live/appsettings.json"];

    private string[] Releases =>
    [
        .. Directory.GetFileSystemEntries(_folder["root/opt/swiftnet-live/releases"])
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)!,
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_units_ask_for_is_where_they_ask_for_it()
    {
        await InstallAsync("1");

        foreach (var unit in (string[])["swiftnet-live.service", "swiftnet-live@.service"])
        {
            var start = File.ReadLines(_folder[$"root/etc/systemd/system/{unit}"])
                .Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..]
                .Split(' ');
            Assert.Equal("1", (await RunAsync(_folder["root" + start[0]])).StandardOutput.Trim());
            Assert.True(File.Exists(_folder["root" + start[3].Replace("%i", "appsettings", StringComparison.Ordinal)]));
        }

        Assert.Equal("/opt/swiftnet-live/current/swiftnet-live", new FileInfo(_folder["root/usr/local/bin/swiftnet-live"]).LinkTarget);
        Assert.True(Directory.Exists(_folder["root/var/lib/swiftnet-live"]));
        // The service's own user runs the program, and no other user reads the settings.
        Assert.True(
            File.GetUnixFileMode(Path.Combine(Current, "swiftnet-live")).HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Settings) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite));
    }

    [Fact]
    public async Task An_upgrade_keeps_the_settings_and_one_release_to_go_back_to()
    {
        await InstallAsync("1");
        var first = Assert.Single(Releases);
        await File.WriteAllTextAsync(Settings, "mine", TestContext.Current.CancellationToken);
        await InstallAsync("2");
        var second = Path.GetFileName(new FileInfo(Current).LinkTarget)!;
        Assert.Equal(Order(first, second), Releases);

        await InstallAsync("3");

        Assert.Equal("3", (await RunAsync(Path.Combine(Current, "swiftnet-live"))).StandardOutput.Trim());
        Assert.Equal("mine", await File.ReadAllTextAsync(Settings, TestContext.Current.CancellationToken));
        Assert.Equal(Order(second, Path.GetFileName(new FileInfo(Current).LinkTarget)!), Releases);
    }

    [Fact]
    public async Task A_program_that_does_not_start_leaves_everything_as_it_was()
    {
        await InstallAsync("1");
        var before = Releases;

        var result = await InstallAsync("broken", expected: 1);

        Assert.Contains("the program does not start; what was installed before stays", result.StandardError, StringComparison.Ordinal);
        Assert.Equal("1", (await RunAsync(Path.Combine(Current, "swiftnet-live"))).StandardOutput.Trim());
        Assert.Equal(before, Releases);
    }

    [Fact]
    public async Task Removal_keeps_settings_and_results_unless_they_are_to_go_too()
    {
        await InstallAsync("1");
        await ScriptAsync(0, "--remove");
        Assert.Equal([Settings], Directory.GetFiles(_folder["root"], "*", SearchOption.AllDirectories));
        Assert.True(Directory.Exists(_folder["root/var/lib/swiftnet-live"]));

        await ScriptAsync(0, "--remove", "--purge");
        Assert.False(Directory.Exists(_folder["root/etc/swiftnet-live"]));
        Assert.False(Directory.Exists(_folder["root/var/lib/swiftnet-live"]));
    }

    [Theory]
    [InlineData("--purge", "--purge goes with --remove")]
    [InlineData("--nonsense", "there is no option --nonsense")]
    public async Task What_cannot_be_meant_is_refused(string option, string expected)
    {
        Assert.Contains(expected, (await ScriptAsync(1, option)).StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["root"]));
    }

    private static string[] Order(params string[] names) => [.. names.Order(StringComparer.Ordinal)];

    private async Task<BufferedCommandResult> InstallAsync(string version, int expected = 0)
    {
        var published = _folder["published-" + version];
        Directory.CreateDirectory(published);
        var program = Path.Combine(published, "swiftnet-live");
        await File.WriteAllTextAsync(
            program, version == "broken" ? "#!/bin/sh\nexit 3\n" : $"#!/bin/sh\necho {version}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await ScriptAsync(expected, "--from", published);
    }

    private async Task<BufferedCommandResult> ScriptAsync(int expected, params string[] arguments)
    {
        var result = await RunAsync(Path.Combine(Repository.Folder, "scripts", "install"), ["--root", _folder["root"], .. arguments]);
        Assert.True(result.ExitCode == expected, result.StandardOutput + result.StandardError);
        return result;
    }

    private static async Task<BufferedCommandResult> RunAsync(string program, params string[] arguments) =>
        await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
