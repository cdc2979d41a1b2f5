using SwiftNet.Live.Fleet;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Options;

public sealed class FormerKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_former_key_leads_to_an_option_that_exists()
    {
        var options = typeof(Settings)
            .GetProperties()
            .SelectMany(section => SectionReader.OptionsOf(section.PropertyType, section.Name))
            .ToArray();
        Assert.All(FormerKeys.Current, pair =>
        {
            Assert.Contains(pair.Value, options);
            Assert.DoesNotContain(pair.Key, options);
        });
    }

    [Fact]
    public void A_former_key_counts_as_the_current_one_with_one_warning_that_names_it()
    {
        Write("""{ "Memory": { "Reach": 2 }, "Cameras": [ { "Name": "yard", "budget": { "pin": true } } ] }""");

        var cameras = Load();

        Assert.Equal((2.0, true), (cameras[0].Settings.Memory.SearchRadius, cameras[0].Settings.Budget.Fixed));
        Assert.Equal(
            [
                "budget:pin is now called Budget:Fixed; the former name will be removed.",
                "Memory:Reach is now called Memory:SearchRadius; the former name will be removed.",
            ],
            _warnings.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_former_key_on_the_command_line_overrides_the_current_one_in_a_file()
    {
        Write("""{ "Memory": { "SearchRadius": 2 } }""");
        Assert.Equal(3, Load("Memory:Reach=3")[0].Settings.Memory.SearchRadius);
    }

    [Fact]
    public void In_one_source_the_current_key_counts()
    {
        Write("""{ "Memory": { "SearchRadius": 2, "Reach": 3 } }""");
        Assert.Equal(2, Load()[0].Settings.Memory.SearchRadius);
    }

    [Fact]
    public void A_fleet_reads_cameras_that_were_stored_with_former_keys()
    {
        Write("{}");
        var definition = new CameraDefinition(
            "yard", new() { ["Capture:Source"] = "test:still", ["Memory:Reach"] = "2", ["Objects:KeepSeconds"] = "3" });

        var camera = definition.On(SettingsFiles.Load(_folder["settings.json"], []));

        Assert.Equal((2.0, 3.0), (camera.Settings.Memory.SearchRadius, camera.Settings.Objects.HistorySeconds));
    }

    private IReadOnlyList<CameraSettings> Load(params string[] overrides) =>
        CamerasReader.Read(SettingsFiles.Load(_folder["settings.json"], overrides, _warnings.Add));

    private void Write(string json) => File.WriteAllText(_folder["settings.json"], json);
}
