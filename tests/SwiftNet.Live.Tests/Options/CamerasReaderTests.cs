using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class CamerasReaderTests
{
    [Fact]
    public void Without_entries_the_common_sections_are_the_one_camera()
    {
        var camera = Assert.Single(Read(("Capture:Source", "clip.mp4")));

        Assert.Equal(("camera", "clip.mp4", "output"), (camera.Name, camera.Settings.Capture.Source, camera.Settings.Output.Directory));
    }

    [Fact]
    public void A_camera_overrides_the_common_sections_key_by_key()
    {
        var cameras = Read(
            ("Memory:Beta", "0.2"), ("Memory:Interval", "7"), ("Output:Directory", "results"), ("Objects:Boxes:0", "1,1,9,9"),
            ("Objects:Boxes:1", "2,2,9,9"),
            ("Cameras:0:Name", "gate"), ("Cameras:0:Capture:Source", "gate.mp4"), ("Cameras:0:Memory:Beta", "0.5"),
            ("Cameras:0:objects:BOXES:0", "5,5,9,9"),
            ("Cameras:1:Name", "yard"), ("Cameras:1:Output:Directory", "elsewhere"), ("Cameras:1:Segment:Size", "384x224"));

        Assert.Equal(["gate", "yard"], cameras.Select(c => c.Name));
        var (gate, yard) = (cameras[0].Settings, cameras[1].Settings);
        Assert.Equal(("gate.mp4", 0.5, 7), (gate.Capture.Source, gate.Memory.Beta, gate.Memory.Interval));
        Assert.Equal((new CaptureOptions().Source, 0.2, 7), (yard.Capture.Source, yard.Memory.Beta, yard.Memory.Interval));
        Assert.Equal(["5,5,9,9"], gate.Objects.Boxes);
        Assert.Equal(["1,1,9,9", "2,2,9,9"], yard.Objects.Boxes);
        Assert.Equal(new FrameSize(384, 224), yard.Segment.Size);
        // Two cameras never write the same files unless they are configured to.
        Assert.Equal((Path.Combine("results", "gate"), "elsewhere"), (gate.Output.Directory, yard.Output.Directory));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_under_the_keys_that_were_written()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(
            ("Memory:Beta", "7"),
            ("Cameras:0:Name", "gate"), ("Cameras:0:Memory:Beta", "0"), ("Cameras:0:Memori:Beta", "1"), ("Cameras:0:Capture:Sauce", "x"),
            ("Cameras:1:Name", "GATE"), ("Cameras:1:Segment:Device", "cpu"), ("Cameras:1:Web:Enabled", "false"),
            ("Cameras:2:Name", "../etc"), ("Cameras:3:Capture:Source", "a.mp4")));

        Assert.StartsWith("Invalid configuration, 9 errors:", error.Message, StringComparison.Ordinal);
        Assert.All(
        [
            "Memory:Beta=7: must be a number over 0, up to 1",
            "Cameras:0:Memory:Beta=0: must be a number over 0, up to 1",
            "Cameras:0:Memori: this section does not exist; a camera has Name, Capture,",
            "Cameras:0:Capture:Sauce: this option does not exist; did you mean Cameras:0:Capture:Source?",
            "Cameras:1:Name=GATE: must be unique; another camera has the same name",
            "Cameras:1:Segment:Device: this option is shared by all cameras; set Segment:Device instead",
            "Cameras:1:Web:Enabled: this option is shared by all cameras; set Web:Enabled instead",
            "Cameras:2:Name=../etc: must be 1 to 64 letters, digits, - or _",
            "Cameras:3:Name=: must be 1 to 64 letters, digits, - or _",
        ],
        line => Assert.Contains($"\n  {line}", error.Message, StringComparison.Ordinal));
    }

    private static IReadOnlyList<CameraSettings> Read(params (string Key, string Value)[] values) =>
        CamerasReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build());
}
