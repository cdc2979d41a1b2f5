using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.Output;

namespace SwiftNet.Live.Tests.Options;

public sealed class SettingsFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("Segment__Device", null);
        Environment.SetEnvironmentVariable("SWIFTNET_Segment__Threads", null);
        _folder.Dispose();
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_over_the_file_over_the_defaults()
    {
        File.WriteAllText(_folder["mine.json"], """{ "Segment": { "Threads": 1, "Device": "cuda:7", "Size": "320x176" }, "Memory": { "Beta": 0.5 } /* a comment */ }""");
        Environment.SetEnvironmentVariable("Segment__Device", "cpu");
        Environment.SetEnvironmentVariable("SWIFTNET_Segment__Threads", "2");

        var settings = SettingsReader.Read(SettingsFiles.Load(_folder["mine.json"], ["Segment:Threads=3"]));

        Assert.Equal((3, "cpu", new FrameSize(320, 176)), (settings.Segment.Threads, settings.Segment.Device, settings.Segment.Size));
        Assert.Equal(0.5, settings.Memory.Beta);
        Assert.Equal(5, settings.Memory.Interval);
    }

    [Fact]
    public void A_missing_file_and_one_that_is_no_json_are_clear_errors()
    {
        File.WriteAllText(_folder["bad.json"], "{ Segment }");

        Assert.Contains("none.json is missing", Assert.Throws<UserErrorException>(() => SettingsFiles.Load(_folder["none.json"], [])).Message, StringComparison.Ordinal);
        Assert.Contains("bad.json", Assert.Throws<UserErrorException>(() => SettingsFiles.Load(_folder["bad.json"], [])).Message, StringComparison.Ordinal);
    }
}
