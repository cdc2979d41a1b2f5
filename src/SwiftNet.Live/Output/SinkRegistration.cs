using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>The sinks that the options ask for.</summary>
internal static class SinkRegistration
{
    // Some encoders stop for a moment at a key frame; more than this only costs memory.
    private const int WaitingPictures = 8;

    /// <summary>Those that can change while the service runs.</summary>
    public static IReadOnlyList<ChangeableSink> Changeable { get; } =
    [
        new("recording", ShowsPictures: true, ["Recording"], o => o.Recording.Enabled, (o, _, of) => Record(o.Recording, PathOf(o, "recordings"), of)),
        new("rtsp push", ShowsPictures: true, ["Rtsp"], o => !string.IsNullOrEmpty(o.Rtsp.Url), (o, _, of) => Push(o.Rtsp.Url!, of)),
        new("mqtt", ShowsPictures: false, ["Mqtt", "Events"], o => !string.IsNullOrEmpty(o.Mqtt.Host), (o, camera, of) => new MqttSink(o.Mqtt, o.Events, camera, TimeOf(of), LoggerOf<MqttSink>(of), ControlOf(of), LeaseOf(of))),
        new("webhook", ShowsPictures: false, ["Webhook", "Events"], o => !string.IsNullOrEmpty(o.Webhook.Url), (o, camera, of) => new WebhookSink(o.Webhook, o.Events, camera, TimeOf(of), LoggerOf<WebhookSink>(of), LeaseOf(of))),
    ];

    /// <summary>Adds them; each opens, or tells why it cannot, before the first frame.</summary>
    /// <param name="services">Where they are added.</param>
    /// <param name="options">Which.</param>
    /// <param name="camera">What events call the camera.</param>
    public static IServiceCollection AddSinks(this IServiceCollection services, OutputOptions options, string camera = "camera")
    {
        return services
            .AddSingleton(of => Changes(options, camera, of))
            .AddSink(options.Masks, _ => new MaskPngSink(PathOf(options, "masks")))
            .AddSink(options.ObjectMasks, _ => new ObjectMaskSink(PathOf(options, "masks")))
            .AddSink(options.JsonLines, _ => new JsonLinesSink(PathOf(options, "objects.jsonl"), options.Rle))
            .AddSink(options.Overlay, of => Overlay(PathOf(options, "overlay.mp4"), of));
    }

    private static SinkChanges Changes(OutputOptions options, string camera, IServiceProvider of)
    {
        var changes = new SinkChanges();
        foreach (var sink in Changeable.Where(sink => sink.IsWanted(options)))
        {
            changes.Put(new SinkChange(sink, () => sink.Make(options, camera, of)));
        }

        return changes;
    }

    private static string PathOf(OutputOptions options, string name) => Path.Combine(OutputFolder.Make(options.Directory), name);

    private static IServiceCollection AddSink(this IServiceCollection services, bool isWanted, Func<IServiceProvider, IFrameSink> make) =>
        isWanted ? services.AddSingleton(make) : services;

    private static OverlayVideoSink Overlay(string path, IServiceProvider of)
    {
        var source = SourceOf(of);
        return new OverlayVideoSink(path, () => source.FrameRate, TimelineOf(source, of), time: TimeOf(of));
    }

    private static IFrameSink Record(RecordingOptions recording, string path, IServiceProvider of)
    {
        var (source, time, logger) = (SourceOf(of), TimeOf(of), LoggerOf<RecordingSink>(of));
        var folder = new RecordingFolder(path, recording.KeepGigabytes * 1e9, recording.FloorGigabytes * 1e9, logger, LeaseOf(of));
        var sink = new RecordingSink(folder, recording, () => source.FrameRate, () => TimelineOf(source, of), time, logger);

        // Where no frame may be lost the pipeline waits for the encoder.
        return IsLive(source, of) ? new QueuedSink(sink, recording.Picture, WaitingPictures, grace: null, time, logger, LeaseOf(of)) : sink;
    }

    private static QueuedSink Push(string url, IServiceProvider of)
    {
        var source = SourceOf(of);
        var sink = new RtspPushSink(url, () => source.FrameRate, TimeOf(of));
        return new QueuedSink(sink, PictureKind.Overlay, capacity: 1, grace: TimeSpan.FromSeconds(2), TimeOf(of), LoggerOf<RtspPushSink>(of), LeaseOf(of));
    }

    private static LiveTimeline? TimelineOf(IFrameSource source, IServiceProvider of) =>
        IsLive(source, of) ? new LiveTimeline(() => source.FrameRate, TimeOf(of), LoggerOf<LiveTimeline>(of)) : null;

    private static bool IsLive(IFrameSource source, IServiceProvider of) => FrameSources.IsLive(of.GetRequiredService<Settings>().Capture.Live, source);

    private static IFrameSource SourceOf(IServiceProvider of) => of.GetRequiredService<IFrameSource>();

    private static CameraControl? ControlOf(IServiceProvider of) => of.GetRequiredService<Settings>().TakesCommands() ? of.GetService<CameraControl>() : null;

    private static CameraLease LeaseOf(IServiceProvider of) => of.GetService<CameraLease>() ?? CameraLease.Alone;

    private static TimeProvider TimeOf(IServiceProvider of) => of.GetRequiredService<TimeProvider>();

    private static ILogger<T> LoggerOf<T>(IServiceProvider of) => of.GetRequiredService<ILogger<T>>();
}
