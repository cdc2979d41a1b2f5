using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Fleet;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Fleet;

public sealed class CameraDefinitionTests
{
    [Fact]
    public void A_camera_runs_on_another_node_as_its_own_configuration_has_it_with_that_boxs_device_page_and_folder()
    {
        var one = Configuration(
            ("Capture:Source", "test:moving"), ("Memory:Beta", "0.2"), ("Objects:Boxes:0", "1,2,3,4"), ("Objects:Boxes:1", "5,6,7,8"),
            ("Output:Directory", "/one"), ("Segment:Device", "cuda:0"),
            ("Segment:Size", "384x224"), ("Web:Address", "http://127.0.0.1:1"), ("Fleet:ClusterId", "site"), ("Fleet:Node", "one"),
            ("Cameras:0:Name", "gate"), ("Cameras:0:Objects:Boxes:0", "9,9,9,9"), ("Cameras:0:Output:Masks", "true"),
            ("Cameras:0:Fleet:Needs", "cuda:0"), ("Cameras:0:Fleet:CameraMilliseconds", "70"));
        var two = Configuration(
            ("Output:Directory", "/two"),
            ("Segment:Device", "cpu"),
            ("Web:Address", "http://127.0.0.1:2"),
            ("Fleet:ClusterId", "site"),
            ("Fleet:Node", "two"),
            ("Memory:Beta", "0.9"),
            ("Cameras:0:Name", "gate"));

        var definition = Assert.Single(CameraDefinition.AllOf(one));
        var camera = definition.On(two);

        Assert.Equal(("gate", "cuda:0", 70), (definition.Name, definition.Needs, definition.Milliseconds));
        Assert.Equal("gate", camera.Name);
        Assert.Equal(0.2, camera.Settings.Memory.Beta);
        Assert.Equal(["9,9,9,9"], camera.Settings.Objects.Boxes);
        Assert.Equal(new FrameSize(384, 224), camera.Settings.Segment.Size);
        Assert.True(camera.Settings.Output.Masks);
        Assert.Equal(
            ("/two/gate", "cpu", "http://127.0.0.1:2", "two"),
            (
                camera.Settings.Output.Directory,
                camera.Settings.Segment.Device,
                camera.Settings.Web.Address,
                camera.Settings.Fleet.NodeName));
    }

    [Fact]
    public void It_is_printed_without_what_it_holds()
    {
        var definition = Assert.Single(
            CameraDefinition.AllOf(
                Configuration(("Cameras:0:Name", "gate"), ("Cameras:0:Capture:Source", "rtsp://admin:s3cret@camera/1"))));

        Assert.Equal("gate", $"{definition}");
        Assert.Equal("rtsp://admin:s3cret@camera/1", definition.Source);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
}
