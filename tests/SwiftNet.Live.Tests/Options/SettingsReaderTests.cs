using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Values_of_every_type_are_read_whatever_the_case_of_their_names()
    {
        var settings = Read(
            ("Capture:Source", "clip.mp4"), ("capture:live", "TRUE"), ("Segment:Size", "native"), ("Segment:Threads", "2"),
            ("Segment:Precision", "BFloat16"),
            ("Memory:Trigger", "periodic"), ("MEMORY:BETA", "0.25"), ("Memory:PreviousFrame", "false"), ("Memory:Update", "full"),
            ("Objects:Boxes:0", "1,2,3,4"), ("Objects:Boxes:1", "5,6,7,8"), ("Objects:Points", "4,4;-1,1"));

        Assert.Equal(new CaptureOptions { Source = "clip.mp4", Live = LiveMode.True }, settings.Capture);
        Assert.Equal(new SegmentOptions { Size = FrameSize.Native, Threads = 2, Precision = Precision.BFloat16 }, settings.Segment);
        Assert.Equal(
            new MemoryOptions { Trigger = TriggerKind.Periodic, Beta = 0.25, PreviousFrame = false, Update = UpdateKind.Full },
            settings.Memory);
        Assert.Equal(["1,2,3,4", "5,6,7,8"], settings.Objects.Boxes);
        Assert.Equal(["4,4;-1,1"], settings.Objects.Points);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_key_value_and_range()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(
            ("Segment:Threads", "-1"), ("Segment:Size", "8x8"), ("Segment:Device", "tpu"), ("Segment:Precision", "int4"),
            ("Memory:Trigger", "1"),
            ("Memory:Beta", "0"), ("Memory:CapacityFrames", "many"), ("Memory:PreviousFrame", "perhaps"), ("Objects:Boxes:0", "1,2,3"),
            ("Web:Address", "8080"),
            ("Memory:Betta", "1"), ("Memori:Beta", "1"), ("Output", "x")));

        Assert.StartsWith("Invalid configuration, 13 errors:", error.Message, StringComparison.Ordinal);
        Assert.All(
        [
            "Segment:Threads=-1: must be a whole number from 0 to 1024",
            "Segment:Size=8x8: must be WxH with 16 to 8192 pixels a side, or native",
            "Segment:Device=tpu: must be auto, cpu or cuda:N",
            "Segment:Precision=int4: must be auto, float32, bfloat16 or int8",
            "Memory:Trigger=1: must be variation, periodic or never",
            "Memory:Beta=0: must be a number over 0, up to 1",
            "Memory:CapacityFrames=many: must be a number from 1 to 100",
            "Memory:PreviousFrame=perhaps: must be true or false",
            "Objects:Boxes=1,2,3: must be boxes x,y,w,h in whole pixels",
            "Web:Address=8080: must be http://HOST:PORT",
            "Memory:Betta: this option does not exist; did you mean Memory:Beta?",
            "Memori: this section does not exist; did you mean Memory?",
            "Output=x: this is a section; set one of its keys, such as Output:Directory",
        ],
        line => Assert.Contains($"\n  {line}", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Capture:Source", "rtsp://admin:s3cret@word@camera/1")]
    [InlineData("Capture:Source", "rtsp://admin:s3cret/word@camera/1")]
    [InlineData("Capture:Source", "rtsp://admin:s3cret word@camera/1")]
    [InlineData("Capture:Source", "rtsp:admin:s3cret@camera/1")]
    [InlineData("Capture:Source", "http:///video?token=s3cret word")]
    [InlineData("Capture", "rtsp://admin:s3cret@camera/1")]
    [InlineData("Web:Address", "https://admin:s3cret@camera/1?s3cret")]
    [InlineData("Capture:StallSeconds", "https://admin:s3cret@camera/1?key=s3cret")]
    [InlineData("Capture:Sauce", "rtsp://admin:s3cret@camera/1")]
    public void No_error_shows_the_password_of_an_address(string key, string value)
    {
        var error = Assert.Throws<UserErrorException>(() => Read((key, value)));

        Assert.DoesNotContain("s3cret", $"{error}", StringComparison.Ordinal);
        Assert.DoesNotContain("word", error.Message.Replace("its password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_printed_configuration_shows_no_password()
    {
        var settings = Read(("Capture:Source", "rtsp://admin:s3cret@camera/1?channel=1&key=hidden"));

        Assert.Contains("Source = rtsp://camera/1?channel=***&key=***,", $"{settings}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_like_no_other_is_answered_with_what_there_is() =>
        Assert.Contains(
            "valid names are Web:Enabled, Web:Address",
            Assert.Throws<UserErrorException>(() => Read(("Web:Bananas", "1"))).Message,
            StringComparison.Ordinal);

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
        Assert.StartsWith(
            $"Invalid configuration: Web:Address={address}: must be a loopback address",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("Web:TokenFile", error.Message, StringComparison.Ordinal);

        Read(("Web:Address", address), ("Web:Token", "0123456789abcdef"));
        Read(("Web:Address", address), ("Web:TokenFile", "/etc/swiftnet-live/token"));
        Read(("Web:Address", address), ("Web:Enabled", "false"));
    }

    [Fact]
    public void A_token_that_is_refused_is_not_repeated()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(("Web:Token", "hunter2"), ("Web:TokenFile", "/nowhere")));
        Assert.Contains("Web:Token=***: must be at least 16 characters", error.Message, StringComparison.Ordinal);
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

        Assert.Equal(
            Options().Order(StringComparer.Ordinal),
            file.GetChildren().Where(s => s.Key is not ("Logging" or "Cameras")).SelectMany(LeavesOf).Order(StringComparer.Ordinal));

        var read = SettingsReader.Read(file);
        Assert.Equal(new Settings { Objects = read.Objects }, read);
        Assert.False(read.Objects.Any);
    }

    [Fact]
    public void A_rule_belongs_to_an_option_that_exists() =>
        Assert.Subset(Options().ToHashSet(), SettingsRules.Keys.ToHashSet());

    [Fact]
    public void Records_within_a_section_are_read_key_by_key_over_their_defaults()
    {
        var output = Read(
            ("Output:Recording:Enabled", "true"),
            ("output:RECORDING:picture", "raw"),
            ("Output:Mqtt:Host", "broker"),
            ("Output:Privacy:Hide", "background")).Output;

        Assert.Equal(new RecordingOptions { Enabled = true, Picture = PictureKind.Raw }, output.Recording);
        Assert.Equal(new MqttOptions { Host = "broker" }, output.Mqtt);
        Assert.Equal(Hidden.Background, output.Privacy.Hide);
    }

    [Fact]
    public void What_is_wrong_within_a_record_is_told_with_its_whole_key()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(
            ("Output:Recording:SegmentMinutes", "0"), ("Output:Recording:Pictur", "raw"), ("Output:Mqtt:Port", "0"),
            ("Output:Matte", "green"), ("Output:Recordng:Enabled", "true")));

        Assert.All(
        [
            "Output:Recording:SegmentMinutes=0: must be a number over 0, up to 1440",
            "Output:Recording:Pictur: this option does not exist; did you mean Output:Recording:Picture?",
            "Output:Mqtt:Port=0: must be a whole number from 1 to 65535",
            "Output:Matte=green: this is a section; set one of its keys, such as Output:Matte:Enabled",
            "Output:Recordng: this option does not exist; did you mean Output:Recording?",
        ],
        line => Assert.Contains($"\n  {line}", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_are_never_repeated()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(
            ("Output:Rtsp:Url", "http://user:hunter2@server/live"), ("Output:Webhook:Url", "hunter2"),
            ("Output:Webhook:Token", "hunter2 hunter2"),
            ("Output:Mqtt", "mqtt://user:hunter2@broker"), ("Web:Address", "https://user:hunter2/a@b@host:80"),
            ("Output:Mqtt:Password:0", "hunter2")));

        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.All(
            [
                "Output:Rtsp:Url=***: must be rtsp://HOST:PORT/PATH", "Output:Mqtt:Password=***: must be a text",
                "Output:Mqtt=mqtt://***@broker: this is a section", "Web:Address=https://***@host:80: must be",
            ],
            line => Assert.Contains(line, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_is_read_over_any_defaults_which_stay_as_they_are()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                [new("Cameras:1:Output:Mqtt:Topic", "yard"), new("Cameras:1:Output:Mqtt:Port", "no"), new("Cameras:1:Output:Maks", "1")])
            .Build();
        var defaults = new OutputOptions { Mqtt = new MqttOptions { Host = "broker" } };
        var errors = new List<string>();

        var read = new SectionReader(errors, "Cameras:1:").Read(configuration.GetSection("Cameras:1:Output"), "Output", defaults);

        Assert.Equal(new MqttOptions { Host = "broker", Topic = "yard" }, read.Mqtt);
        Assert.Equal(new OutputOptions { Mqtt = new MqttOptions { Host = "broker" } }, defaults);
        Assert.Equal(
            [
                "Cameras:1:Output:Maks: this option does not exist; did you mean Cameras:1:Output:Masks?",
                "Cameras:1:Output:Mqtt:Port=no: must be a whole number from 1 to 65535",
            ],
            errors.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Options() => typeof(Settings).GetProperties().SelectMany(
        s => SectionReader.OptionsOf(s.PropertyType, s.Name));

    private static IEnumerable<string> LeavesOf(IConfigurationSection section) =>
        section.GetChildren().ToArray() is { Length: > 0 } children ? children.SelectMany(LeavesOf) : [section.Path];

    private static Settings Read(params (string Key, string Value)[] values) =>
        SettingsReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build());
}
