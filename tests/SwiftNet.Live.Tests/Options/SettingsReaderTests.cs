using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Values_of_every_type_are_read_whatever_the_case_of_their_names()
    {
        var settings = Read(
            ("Capture:Source", "clip.mp4"), ("capture:live", "TRUE"), ("Segment:Size", "native"), ("Segment:Threads", "2"), ("Segment:Precision", "BFloat16"),
            ("Memory:Trigger", "periodic"), ("MEMORY:BETA", "0.25"), ("Memory:PreviousFrame", "false"), ("Memory:Update", "full"),
            ("Objects:Boxes:0", "1,2,3,4"), ("Objects:Boxes:1", "5,6,7,8"), ("Objects:Points", "4,4;-1,1"));

        Assert.Equal(new CaptureOptions { Source = "clip.mp4", Live = LiveMode.True }, settings.Capture);
        Assert.Equal(new SegmentOptions { Size = FrameSize.Native, Threads = 2, Precision = Precision.BFloat16 }, settings.Segment);
        Assert.Equal(new MemoryOptions { Trigger = TriggerKind.Periodic, Beta = 0.25, PreviousFrame = false, Update = UpdateKind.Full }, settings.Memory);
        Assert.Equal(["1,2,3,4", "5,6,7,8"], settings.Objects.Boxes);
        Assert.Equal(["4,4;-1,1"], settings.Objects.Points);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_key_value_and_range()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(
            ("Segment:Threads", "-1"), ("Segment:Size", "8x8"), ("Segment:Device", "tpu"), ("Segment:Precision", "int8"), ("Memory:Trigger", "1"),
            ("Memory:Beta", "0"), ("Memory:CapacityFrames", "many"), ("Memory:PreviousFrame", "perhaps"), ("Objects:Boxes:0", "1,2,3"), ("Web:Address", "8080"),
            ("Memory:Betta", "1"), ("Memori:Beta", "1"), ("Output", "x")));

        Assert.StartsWith("Invalid configuration, 13 errors:", error.Message, StringComparison.Ordinal);
        Assert.All(
        [
            "Segment:Threads=-1: must be a whole number from 0 to 1024",
            "Segment:Size=8x8: must be WxH with 16 to 8192 pixels a side, or native",
            "Segment:Device=tpu: must be auto, cpu or cuda:N",
            "Segment:Precision=int8: must be auto, float32 or bfloat16",
            "Memory:Trigger=1: must be variation, periodic or never",
            "Memory:Beta=0: must be a number over 0, up to 1",
            "Memory:CapacityFrames=many: must be a number from 1 to 100",
            "Memory:PreviousFrame=perhaps: must be true or false",
            "Objects:Boxes=1,2,3: must be boxes x,y,w,h in whole pixels",
            "Web:Address=8080: must be http://HOST:PORT",
            "Memory:Betta: there is no such option; did you mean Memory:Beta?",
            "Memori: there is no such section; did you mean Memory?",
            "Output=x: this is a section; set one of its keys, such as Output:Directory",
        ],
        line => Assert.Contains($"\n  {line}", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_is_like_no_other_is_answered_with_what_there_is() =>
        Assert.Contains("there are Web:Enabled, Web:Address", Assert.Throws<UserErrorException>(() => Read(("Web:Bananas", "1"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("0,1")]
    public void Numbers_that_are_none_are_refused(string text) =>
        Assert.Throws<UserErrorException>(() => Read(("Memory:Beta", text)));

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://camera-box:8080")]
    public void The_page_is_served_to_others_only_behind_a_token(string address)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(("Web:Address", address)));
        Assert.StartsWith($"Invalid configuration: Web:Address={address}: must be of this machine alone", error.Message, StringComparison.Ordinal);
        Assert.Contains("Web:TokenFile", error.Message, StringComparison.Ordinal);

        Read(("Web:Address", address), ("Web:Token", "0123456789abcdef"));
        Read(("Web:Address", address), ("Web:TokenFile", "/etc/swiftnet-live/token"));
        Read(("Web:Address", address), ("Web:Enabled", "false"));
    }

    [Fact]
    public void A_token_that_is_refused_is_not_repeated()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(("Web:Token", "hunter2"), ("Web:TokenFile", "/nowhere")));
        Assert.Contains("Web:Token=***: must be a text of at least 16 characters", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_and_a_file_with_one_are_one_too_many() =>
        Assert.Contains(
            "Web:TokenFile=/nowhere: must be null while Web:Token is set",
            Assert.Throws<UserErrorException>(() => Read(("Web:Token", "0123456789abcdef"), ("Web:TokenFile", "/nowhere"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_shipped_file_holds_every_option_with_its_default_and_no_other()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        var options = typeof(Settings).GetProperties()
            .SelectMany(s => SettingsReader.KeysOf(s.PropertyType).Select(p => $"{s.Name}:{p.Name}"));

        Assert.Equal(
            options.Order(StringComparer.Ordinal),
            file.GetChildren().Where(s => s.Key != "Logging").SelectMany(s => s.GetChildren()).Select(k => k.Path).Order(StringComparer.Ordinal));

        var read = SettingsReader.Read(file);
        Assert.Equal(new Settings { Objects = read.Objects }, read);
        Assert.False(read.Objects.Any);
    }

    [Fact]
    public void A_rule_belongs_to_an_option_that_exists() =>
        Assert.Subset(
            typeof(Settings).GetProperties().SelectMany(s => SettingsReader.KeysOf(s.PropertyType).Select(p => $"{s.Name}:{p.Name}")).ToHashSet(),
            SettingsRules.Keys.ToHashSet());

    private static Settings Read(params (string Key, string Value)[] values) =>
        SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build());
}
