using System.Globalization;
using System.Net;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Options;

/// <summary>The allowed values of an option.</summary>
/// <param name="Allowed">A description that follows "must be".</param>
/// <param name="Holds">Whether a value of the option's type is allowed.</param>
internal sealed record SettingRule(string Allowed, Func<object, bool> Holds);

/// <summary>The range of every option that is restricted beyond its type.</summary>
internal static class SettingsRules
{
    private static readonly Dictionary<string, SettingRule> s_rules = new(StringComparer.Ordinal)
    {
        ["Capture:Source"] = new(
            "a path, file:PATH, images:FOLDER, v4l2:///dev/videoN, test:PATTERN or "
                + "an rtsp, rtsps, http or https URI with special characters of its password as %XX",
            value => ((SourceUri)value).Problem is null),
        ["Capture:HardwareDecoding"] = Text(
            "none, auto or a method that ffmpeg -hwaccels lists",
            text => text.Length is > 0 and <= 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')),
        ["Capture:OpenSeconds"] = Number("a number from 1 to 300", x => x is >= 1 and <= 300),
        ["Capture:StallSeconds"] = Number("0 or a number from 0.5 to 600", x => x is 0 or (>= 0.5 and <= 600)),
        ["Preprocess:Threads"] = Whole(1, 64),
        ["Segment:Weights"] = Text("the path of a safetensors file", text => text.Length > 0),
        ["Segment:Device"] = Text("auto, cpu or cuda:N", text => IsDevice(text)),
        ["Segment:Threads"] = Whole(0, 1024),
        ["Segment:Size"] = new(
            "WxH with 16 to 8192 pixels a side, or native",
            value => (FrameSize)value is var size
                && (size == FrameSize.Native || (size is { Width: >= 16 and <= 8192, Height: >= 16 and <= 8192 }))),
        ["Memory:Interval"] = Whole(1, 10_000),
        ["Memory:FrameThreshold"] = Number("a number from 0 to 3", x => x is >= 0 and <= 3),
        ["Memory:MaskThreshold"] = Number("a number from 0 to 1", x => x is >= 0 and <= 1),
        ["Memory:WriteAreaThreshold"] = Number("a number over 0, up to 1000", x => x is > 0 and <= 1000),
        ["Memory:PreviousBackgroundPenalty"] = Number("a number from 0 to 100", x => x is >= 0 and <= 100),
        ["Memory:Beta"] = Number("a number over 0, up to 1", x => x is > 0 and <= 1),
        ["Memory:SearchRadius"] = Number("a number from 0 to 100", x => x is >= 0 and <= 100),
        ["Memory:CapacityFrames"] = Number("a number from 1 to 100", x => x is >= 1 and <= 100),
        ["Objects:Boxes"] = List("boxes x,y,w,h in whole pixels", texts => ObjectPrompts.Parse(null, boxes: texts)),
        ["Objects:Polygons"] = List("polygons x1,y1;x2,y2;x3,y3 in whole pixels", texts => ObjectPrompts.Parse(null, polygons: texts)),
        ["Objects:Points"] = List(
            "points x,y;x,y;-x,y in whole pixels, at least one without a minus",
            texts => ObjectPrompts.Parse(null, points: texts)),
        ["Objects:HistorySeconds"] = Number("a number over 0, up to 60", x => x is > 0 and <= 60),
        ["Objects:HistoryMegabytes"] = Whole(8, 8192),
        ["Objects:StateFolder"] = Text("auto, none or the path of a folder", text => text.Length > 0),
        ["Objects:SaveSeconds"] = Whole(1, 3600),
        ["Objects:FileMegabytes"] = Whole(1, 4096),
        ["Zones:Polygons"] = List("zones NAME: x,y;x,y;x,y of 3 to 64 points from 0 to 1", texts => ZoneShape.Zones(texts)),
        ["Zones:Lines"] = List("lines NAME: x,y;x,y of two points from 0 to 1", texts => ZoneShape.Lines(texts)),
        ["Zones:EnterShare"] = Share(),
        ["Zones:LeaveShare"] = Share(),
        ["Zones:CoverShare"] = Share(),
        ["Zones:UncoverShare"] = Share(),
        ["Zones:CrossShare"] = Number("a number over 0.5, up to 1", x => x is > 0.5 and <= 1),
        ["Zones:SettleMilliseconds"] = Whole(0, 60_000),
        ["Zones:DwellSeconds"] = Number("a number from 0 to 86400", x => x is >= 0 and <= 86_400),
        ["Zones:LostSeconds"] = Seconds(),
        ["Budget:FrameTime"] = new(
            "auto or a number of milliseconds over 0, up to 10000",
            value => ((FrameTime)value).Milliseconds <= 10_000),
        ["Budget:DeferFrames"] = Whole(0, 100),
        ["Budget:MaxObjects"] = Whole(1, VideoSegmenter.MaxObjects),
        ["Budget:QueueFrames"] = Whole(1, 64),
        ["Budget:DrainSeconds"] = Whole(1, 600),
        ["Output:Directory"] = Text("the path of a folder", text => text.Length > 0),
        ["Output:Files:SegmentMinutes"] = Number("a number over 0, up to 1440", x => x is > 0 and <= 1440),
        ["Output:Files:SegmentMegabytes"] = Whole(1, 100_000),
        ["Output:Files:KeepGigabytes"] = Number("a number over 0, up to 1000000", x => x is > 0 and <= 1e6),
        ["Output:Files:MinFreeGigabytes"] = Number("a number from 0 to 1000000", x => x is >= 0 and <= 1e6),
        ["Output:Recording:SegmentMinutes"] = Number("a number over 0, up to 1440", x => x is > 0 and <= 1440),
        ["Output:Recording:SegmentMegabytes"] = Whole(1, 100_000),
        ["Output:Recording:KeepGigabytes"] = Number("a number over 0, up to 1000000", x => x is > 0 and <= 1e6),
        ["Output:Recording:MinFreeGigabytes"] = Number("a number from 0 to 1000000", x => x is >= 0 and <= 1e6),
        ["Output:Clips:Kinds"] = Text(
            $"kinds of events, separated by commas: {string.Join(", ", ClipsOptions.AllKinds)}",
            text => new ClipsOptions { Kinds = text }.KindList is { Count: > 0 } kinds && !kinds.Except(ClipsOptions.AllKinds).Any()),
        ["Output:Clips:PreSeconds"] = Number("a number from 0 to 60", x => x is >= 0 and <= 60),
        ["Output:Clips:PostSeconds"] = Number("a number from 0 to 300", x => x is >= 0 and <= 300),
        ["Output:Clips:MaxSeconds"] = Number("a number over 0, up to 3600", x => x is > 0 and <= 3600),
        ["Output:Clips:MemoryMegabytes"] = Whole(8, 8192),
        ["Output:Clips:KeepDays"] = Number("a number over 0, up to 3650", x => x is > 0 and <= 3650),
        ["Output:Clips:KeepGigabytes"] = Number("a number over 0, up to 1000000", x => x is > 0 and <= 1e6),
        ["Output:Clips:MinFreeGigabytes"] = Number("a number from 0 to 1000000", x => x is >= 0 and <= 1e6),
        ["Output:Rtsp:Url"] = Text("rtsp://HOST:PORT/PATH", text => text.Length == 0 || IsAddress(text, "rtsp", "rtsps")),
        ["Output:Events:MovedShare"] = Number("a number over 0, up to 100", x => x is > 0 and <= 100),
        ["Output:Events:MovedSeconds"] = Seconds(),
        ["Output:Events:LostSeconds"] = Seconds(),
        ["Output:Mqtt:Host"] = Text(
            "the name or address of a host",
            text => text.Length == 0 || Uri.CheckHostName(text) != UriHostNameType.Unknown),
        ["Output:Mqtt:Port"] = Whole(1, 65_535),
        ["Output:Mqtt:Topic"] = Text("a topic without +, # or $", text => text.Length > 0 && text.AsSpan().IndexOfAny("+#$") < 0),
        ["Output:Mqtt:StateSeconds"] = Seconds(),
        ["Output:Webhook:Url"] = Text(
            "http://HOST/PATH or https://HOST/PATH",
            text => text.Length == 0 || IsAddress(text, Uri.UriSchemeHttp, Uri.UriSchemeHttps)),
        ["Output:Webhook:Token"] = Text("printable ASCII characters", text => text.All(c => c is > ' ' and < (char)127)),
        ["Output:Matte:Colour"] = Text(
            "a colour #rrggbb",
            text => text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit)),
        ["Output:Privacy:MarginPixels"] = Whole(0, 200),
        ["Output:Privacy:MinConfidence"] = Number("a number from 0 to 1", x => x is >= 0 and <= 1),
        ["Web:Token"] = Text($"at least {WebOptions.MinTokenLength} characters", text => text.Length >= WebOptions.MinTokenLength),
        ["Web:TrustedProxies"] = List("IP addresses or networks such as 127.0.0.1, ::1 or 10.0.0.0/24", texts => IpNetworks.Parse(texts)),
        ["Web:TokenFile"] = Text("the path of a file", text => text.Length > 0),
        ["Fleet:ClusterId"] = Text("1 to 64 letters, digits, - or _", IsName),
        ["Fleet:ServiceId"] = Text("1 to 64 letters, digits, - or _", IsName),
        ["Fleet:Node"] = Text("1 to 64 letters, digits, - or _", text => text.Length == 0 || IsName(text)),
        ["Fleet:ConnectionString"] = Text(
            "HOST:PORT,password=… (Redis) or Host=…;Username=…;Password=…;Database=… (PostgreSQL)",
            text => text.Length > 0),
        ["Fleet:ConnectionStringFile"] = Text("the path of a file", text => text.Length > 0),
        ["Fleet:Address"] = Text(
            "an IP address of this machine that the other nodes can reach, such as 10.0.0.5",
            text => IPAddress.TryParse(text, out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)),
        ["Fleet:Port"] = Whole(1, 65_535),
        ["Fleet:BudgetMilliseconds"] = Number("a number from 1 to 1000000", x => x is >= 1 and <= 1e6),
        ["Fleet:CameraMilliseconds"] = Number("a number from 0 to 1000000", x => x is >= 0 and <= 1e6),
        ["Fleet:LeaseSeconds"] = Number("a number from 2 to 120", x => x is >= 2 and <= 120),
        ["Fleet:MovesPerMinute"] = Whole(0, 1000),
        ["Fleet:SnapshotSeconds"] = Number("a number from 0.5 to 600", x => x is >= 0.5 and <= 600),
        ["Fleet:StubMilliseconds"] = Number("a number from 0 to 10000", x => x is >= 0 and <= 10_000),
        ["Fleet:S3:Endpoint"] = Text(
            "http(s)://HOST:PORT",
            text => text.Length == 0 || IsAddress(text, Uri.UriSchemeHttp, Uri.UriSchemeHttps)),
        ["Fleet:S3:Bucket"] = Text("the name of a bucket", text => text.Length > 0),
        ["Metrics:OtlpEndpoint"] = Text(
            "http(s)://HOST:PORT/v1/metrics",
            text => Uri.TryCreate(text, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)),
        ["Metrics:OtlpSeconds"] = Whole(1, 3600),
        ["Web:Address"] = Text(
            "http://HOST:PORT",
            text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/"),
    };

    /// <summary>Errors in combinations of individually valid options, one line each.</summary>
    public static IEnumerable<string> Together(Settings settings)
    {
        var web = settings.Web;
        if (web.Enabled && !web.OnlyHere && !web.HasToken)
        {
            yield return $"Web:Address={web.Address}: must be a loopback address, such as http://127.0.0.1:8080, while no token is set; "
                + "set Web:TokenFile (or Web:Token) to allow access from other machines";
        }

        if (!string.IsNullOrWhiteSpace(web.Token) && !string.IsNullOrWhiteSpace(web.TokenFile))
        {
            yield return $"Web:TokenFile={web.TokenFile}: must be null while Web:Token is set; use only one of them";
        }

        var clips = settings.Output.Clips;
        if (clips.MaxSeconds < clips.PreSeconds + clips.PostSeconds)
        {
            yield return $"Output:Clips:MaxSeconds={clips.MaxSeconds}: must be at least PreSeconds + PostSeconds = "
                + $"{clips.PreSeconds + clips.PostSeconds}";
        }

        foreach (var error in ZoneShape.Together(settings.Zones))
        {
            yield return error;
        }

        var fleet = settings.Fleet;
        if (fleet.IsFleet && fleet.Clustering != FleetClustering.Loopback
            && string.IsNullOrWhiteSpace(fleet.ConnectionString) && string.IsNullOrWhiteSpace(fleet.ConnectionStringFile))
        {
            yield return "Fleet:ConnectionString=: must be the store's connection string with "
                + $"Fleet:Clustering={fleet.Clustering.ToString().ToLowerInvariant()}; "
                + "or set Fleet:ConnectionStringFile";
        }

        foreach (var device in fleet.DeviceList
            .Where(device => device.StartsWith("/dev/", StringComparison.Ordinal) && !File.Exists(device)))
        {
            yield return $"Fleet:Devices={fleet.Devices}: must name existing devices of this node; {device} does not exist";
        }
    }

    /// <summary>The rule of an option.</summary>
    public static SettingRule For(string key, Type type) => s_rules.GetValueOrDefault(key) ?? OfType(type);

    /// <summary>The keys of all options with a rule.</summary>
    public static IEnumerable<string> Keys => s_rules.Keys;

    private static SettingRule OfType(Type type)
    {
        string[] words = type.IsEnum ? Enum.GetNames(type) : type == typeof(bool) ? ["true", "false"] : [];
        return words.Length == 0
            ? new SettingRule("a text", _ => true)
            : new SettingRule($"{string.Join(", ", words[..^1]).ToLowerInvariant()} or {words[^1].ToLowerInvariant()}", _ => true);
    }

    private static SettingRule Whole(int least, int most) => new(
        $"a whole number from {least} to {most}",
        value => (int)value >= least && (int)value <= most);

    private static SettingRule Number(string allowed, Func<double, bool> holds) => new(allowed, value => holds((double)value));

    private static SettingRule Share() => Number("a number over 0, up to 1", x => x is > 0 and <= 1);

    private static SettingRule Seconds() => Number("a number from 0 to 3600", x => x is >= 0 and <= 3600);

    private static SettingRule Text(string allowed, Func<string, bool> holds) => new(allowed, value => holds((string)value));

    private static SettingRule List(string allowed, Action<IReadOnlyList<string>> parse) => new(allowed, value =>
    {
        try
        {
            parse((IReadOnlyList<string>)value);
            return true;
        }
        catch (Exception e) when (e is UserErrorException or FormatException)
        {
            return false;
        }
    });

    private static bool IsAddress(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme, StringComparer.Ordinal) && uri.Host.Length > 0;

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(
        c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsDevice(string text) =>
        text.Equals("auto", StringComparison.OrdinalIgnoreCase) || text.Equals("cpu", StringComparison.OrdinalIgnoreCase) || text.Equals(
            "cuda",
            StringComparison.OrdinalIgnoreCase)
        || (text.StartsWith("cuda:", StringComparison.OrdinalIgnoreCase)
            && byte.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
