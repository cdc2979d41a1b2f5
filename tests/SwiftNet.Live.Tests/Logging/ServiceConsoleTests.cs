using System.Text.Json;
using System.Text.RegularExpressions;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Logging;

/// <summary>What the real service writes to standard error.</summary>
public sealed partial class ServiceConsoleTests
{
    [Fact]
    public void Each_line_has_date_and_offset()
    {
        var lines = LinesOf();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(Stamp(), line));
    }

    [Fact]
    public void As_JSON_each_line_is_an_object_with_time_level_and_message()
    {
        var lines = LinesOf("--Logging:Console:FormatterName=json");
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.True(DateTimeOffset.TryParse(json.RootElement.GetProperty("Timestamp").GetString(), out _));
            Assert.Equal("Information", json.RootElement.GetProperty("LogLevel").GetString());
            Assert.NotEmpty(json.RootElement.GetProperty("Message").GetString()!);
        });
    }

    private static string[] LinesOf(params string[] settings)
    {
        using var folder = new TemporaryFolder();
        var (code, _, errors) = LiveProcess.Run(
            [
                "run", "--Web:Enabled=false", "--Capture:Source=test:moving?size=128x64&frames=5", "--Segment:Size=64x48",
                $"--Output:Directory={folder.Root}", .. settings,
            ]);
        Assert.True(code == 0, errors);
        return errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{2}:\d{2} (info|warn|fail): ")]
    private static partial Regex Stamp();
}
