using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;

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
        File.WriteAllText(
            _folder["mine.json"],
            """{ "Segment": { "Threads": 1, "Device": "cuda:7", "Size": "320x176" }, "Memory": { "Beta": 0.5 } /* a comment */ }""");
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

        Assert.Contains(
            "none.json does not exist",
            Assert.Throws<UserErrorException>(() => SettingsFiles.Load(_folder["none.json"], [])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "bad.json",
            Assert.Throws<UserErrorException>(() => SettingsFiles.Load(_folder["bad.json"], [])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"Web\": {\n    \"Enabled\": tru\n  }\n}", "line 3, column 19", "Expected the literal 'true'")]
    [InlineData("{\n  \"Web\": { \"Enabled\": true }\n  \"Segment\": {}\n}", "line 3, column 3", "Expected either ',', '}'")]
    [InlineData("{ Segment }", "line 1, column 3", "Expected a '\"'")]
    [InlineData("{ \"Output\": { \"Directory\": \"gr\u00fc\u00dfe\", \"Overlay\": } }", "line 1, column 48", "expected a string in double quotes, a number")]
    [InlineData("{ \"Web\": {\n", "line 2, column 1", "open JSON object or array that should be closed")]
    [InlineData("[]", "line 1, column 1", "expected an object")]
    [InlineData("", "line 1, column 1", "does not contain any JSON")]
    [InlineData("{\n \"Web\": {},\n \"web\": {}\n}", "line 3, column 2", "appears twice")]
    public void What_is_wrong_in_a_file_is_named_with_file_line_column_and_what_is_expected(string text, string place, string expected)
    {
        File.WriteAllText(_folder["mine.json"], text);
        var error = Assert.Throws<UserErrorException>(() => SettingsFiles.Load(_folder["mine.json"], [])).Message;
        Assert.StartsWith($"The settings file {_folder["mine.json"]} is not valid JSON, {place}: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("Logging:Console:FormatterName=yaml", "must be simple, json or systemd")]
    [InlineData("Logging:LogLevel:Default=Loud", "must be Trace, Debug")]
    [InlineData("Logging:Console:LogLevel:Default=Loud", "must be Trace, Debug")]
    [InlineData("Web:TrustedProxies:0=proxy.example", "must be IP addresses or networks")]
    public void The_logs_own_section_and_proxies_are_checked_like_every_other(string setting, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => SettingsReader.Read(SettingsFiles.Load(null, [setting]))).Message;
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
