using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Clips;
using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Output.Events;
using SwiftNet.Live.Output.Files;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Output.Mqtt;
using SwiftNet.Live.Output.Recording;
using SwiftNet.Live.Output.Rtsp;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Registers the sinks that the options enable.</summary>
internal static class SinkRegistration
{
    // Some encoders pause at a key frame; a longer queue would only use more memory.
    private const int WaitingPictures = 8;

    /// <summary>The outputs that can change while the service runs.</summary>
    public static IReadOnlyList<ChangeableSink> Changeable { get; } =
    [
        new(
            "recording",
            ShowsPictures: true,
            ["Recording"],
            o => o.Recording.Enabled,
            (o, _, of) => Record("recording", "recordings", o.Recording, of)),
        new("rtsp push", ShowsPictures: true, ["Rtsp"], o => !string.IsNullOrEmpty(o.Rtsp.Url), (o, _, of) => Push(o.Rtsp.Url!, of)),
        new("clips", ShowsPictures: false, ["Clips", "Events"], o => o.Clips.Enabled, (o, _, of) => Clips(o, of)),
        new("mqtt", ShowsPictures: false, ["Mqtt", "Events"], o => !string.IsNullOrEmpty(o.Mqtt.Host), (o, camera, of) => new MqttSink(o.Mqtt, o.Events, camera, TimeOf(of), LoggerOf<MqttSink>(of), ControlOf(of), LeaseOf(of))),
        new("webhook", ShowsPictures: false, ["Webhook", "Events"], o => !string.IsNullOrEmpty(o.Webhook.Url), (o, camera, of) => new WebhookSink(o.Webhook, o.Events, camera, TimeOf(of), LoggerOf<WebhookSink>(of), LeaseOf(of))),
    ];

    /// <summary>Adds the sinks; each is opened, or reports an error, before the first frame.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="options">The options.</param>
    /// <param name="camera">The camera's name in events.</param>
    public static IServiceCollection AddSinks(this IServiceCollection services, OutputOptions options, string camera = "camera")
    {
        return services
            .AddSingleton(of => new ResultFolder(options, LeaseOf(of)))
            .AddSingleton(of => new CameraClips(camera, of.GetRequiredService<PipelineRun>().Clips, TimeOf(of), LoggerOf<CameraClips>(of)))
            .AddSingleton(of => Changes(options, camera, of))
            .AddSingleton(of => Masks(options, of))
            .AddSink(options.Masks, of => Retried("masks", of, () => new MaskPngSink(of.GetRequiredService<MaskFolder>())))
            .AddSink(options.ObjectMasks, of => Retried("object masks", of, () => new ObjectMaskSink(of.GetRequiredService<MaskFolder>())))
            .AddSink(options.JsonLines, of => Retried("json lines", of, () => new JsonLinesSink(Lines(options, of), options.Rle)))
            .AddSink(options.Overlay, of => Overlay(options, of));
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

    private static IServiceCollection AddSink(this IServiceCollection services, bool isWanted, Func<IServiceProvider, IFrameSink> make) =>
        isWanted ? services.AddSingleton(make) : services;

    // A live camera continues without an output that cannot be opened; a run over files would lose its purpose.
    private static IFrameSink Retried(string name, IServiceProvider of, Func<IFrameSink> make, bool showsPictures = false) =>
        IsTimed(of) ? new RetriedSink(name, showsPictures, make, TimeOf(of)) : make();

    private static MaskFolder Masks(OutputOptions options, IServiceProvider of) => IsTimed(of)
        ? new MaskFolder(Segments("masks", "", options.Files.KeepGigabytes, options.Files.MinFreeGigabytes, of), options.Files, TimeOf(of))
        : new MaskFolder(FolderOf(of).NewPathOf("masks"), options.Overwrite);

    private static LineSegments Lines(OutputOptions options, IServiceProvider of) => IsTimed(of)
        ? new LineSegments(
            Segments("objects", ".jsonl", options.Files.KeepGigabytes, options.Files.MinFreeGigabytes, of), options.Files, TimeOf(of))
        : new LineSegments(FolderOf(of).NewPathOf("objects.jsonl"));

    private static IFrameSink Overlay(OutputOptions options, IServiceProvider of)
    {
        if (IsTimed(of))
        {
            var files = options.Files;
            return Record("overlay video", "overlay", new RecordingOptions
            {
                SegmentMinutes = files.SegmentMinutes,
                SegmentMegabytes = files.SegmentMegabytes,
                KeepGigabytes = files.KeepGigabytes,
                MinFreeGigabytes = files.MinFreeGigabytes,
            }, of);
        }

        var source = SourceOf(of);
        return new OverlayVideoSink(
            FolderOf(of).NewPathOf("overlay.mp4"), () => source.FrameRate, TimelineOf(source, of), time: TimeOf(of));
    }

    private static IFrameSink Record(string name, string folder, RecordingOptions recording, IServiceProvider of)
    {
        var (source, time, logger) = (SourceOf(of), TimeOf(of), LoggerOf<RecordingSink>(of));
        if (!IsLive(source, of))
        {
            // If no frame may be lost, the pipeline waits for the encoder.
            return Open();
        }

        return new QueuedSink(
            new RetriedSink(name, showsPictures: true, Open, time),
            recording.Picture,
            WaitingPictures,
            grace: null,
            time,
            logger,
            LeaseOf(of));

        RecordingSink Open()
        {
            var files = Segments(folder, ".mp4", recording.KeepGigabytes, recording.MinFreeGigabytes, of);
            try
            {
                return new RecordingSink(files, recording, () => source.FrameRate, () => TimelineOf(source, of), time, logger, name);
            }
            catch
            {
                files.Dispose();
                throw;
            }
        }
    }

    private static ClipSink Clips(OutputOptions options, IServiceProvider of)
    {
        var (source, time, clips) = (SourceOf(of), TimeOf(of), options.Clips);
        return new ClipSink(
            of.GetRequiredService<CameraClips>(),
            () => Segments("clips", "", clips.KeepGigabytes, clips.MinFreeGigabytes, of, TimeSpan.FromDays(clips.KeepDays)),
            clips,
            options.Events,
            () => source.FrameRate,
            mayDrop: IsLive(source, of),
            time,
            LoggerOf<ClipSink>(of),
            LeaseOf(of));
    }

    private static RecordingFolder Segments(
        string folder, string extension, double keepGigabytes, double floorGigabytes, IServiceProvider of, TimeSpan? keepFor = null) =>
        new(FolderOf(of).PathOf(folder), keepGigabytes * 1e9, floorGigabytes * 1e9, LoggerOf<RecordingFolder>(of), LeaseOf(of), extension, keepFor, TimeOf(of));

    private static QueuedSink Push(string url, IServiceProvider of)
    {
        var source = SourceOf(of);
        var sink = new RtspPushSink(url, () => source.FrameRate, TimeOf(of));
        return new QueuedSink(
            sink, PictureKind.Overlay, capacity: 1, grace: TimeSpan.FromSeconds(2), TimeOf(of), LoggerOf<RtspPushSink>(of), LeaseOf(of));
    }

    private static LiveTimeline? TimelineOf(IFrameSource source, IServiceProvider of) =>
        IsLive(source, of) ? new LiveTimeline(() => source.FrameRate, TimeOf(of), LoggerOf<LiveTimeline>(of)) : null;

    private static bool IsLive(IFrameSource source, IServiceProvider of) =>
        FrameSources.IsLive(of.GetRequiredService<Settings>().Capture.Live, source);

    // Named by the time of the first frame, so that no run overwrites an earlier one.
    private static bool IsTimed(IServiceProvider of) => IsLive(SourceOf(of), of) && of.GetService<PlainNames>() is null;

    private static ResultFolder FolderOf(IServiceProvider of) => of.GetRequiredService<ResultFolder>();

    private static IFrameSource SourceOf(IServiceProvider of) => of.GetRequiredService<IFrameSource>();

    private static CameraControl? ControlOf(IServiceProvider of) =>
        of.GetRequiredService<Settings>().TakesCommands() ? of.GetService<CameraControl>() : null;

    private static CameraLease LeaseOf(IServiceProvider of) => of.GetService<CameraLease>() ?? CameraLease.Alone;

    private static TimeProvider TimeOf(IServiceProvider of) => of.GetRequiredService<TimeProvider>();

    private static ILogger<T> LoggerOf<T>(IServiceProvider of) => of.GetRequiredService<ILogger<T>>();
}
