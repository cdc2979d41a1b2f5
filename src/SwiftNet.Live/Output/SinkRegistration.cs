using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output;

/// <summary>The sinks that the options ask for.</summary>
internal static class SinkRegistration
{
    // Some encoders stop for a moment at a key frame; more than this only costs memory.
    private const int WaitingPictures = 8;

    /// <summary>Adds them; each opens, or tells why it cannot, before the first frame.</summary>
    /// <param name="services">Where they are added.</param>
    /// <param name="options">Which.</param>
    /// <param name="camera">What events call the camera.</param>
    public static IServiceCollection AddSinks(this IServiceCollection services, OutputOptions options, string camera = "camera")
    {
        if (options.Masks)
        {
            services.AddSingleton<IFrameSink>(_ => new MaskPngSink(PathOf("masks")));
        }

        if (options.ObjectMasks)
        {
            services.AddSingleton<IFrameSink>(_ => new ObjectMaskSink(PathOf("masks")));
        }

        if (options.JsonLines)
        {
            services.AddSingleton<IFrameSink>(_ => new JsonLinesSink(PathOf("objects.jsonl"), options.Rle));
        }

        if (options.Overlay)
        {
            services.AddSingleton<IFrameSink>(of =>
            {
                var source = of.GetRequiredService<IFrameSource>();
                return new OverlayVideoSink(PathOf("overlay.mp4"), source.FrameRate, TimelineOf(source, of));
            });
        }

        if (options.Recording.Enabled)
        {
            services.AddSingleton(of => Record(options.Recording, PathOf("recordings"), of));
        }

        if (!string.IsNullOrEmpty(options.Rtsp.Url))
        {
            services.AddSingleton(of => Push(options.Rtsp.Url, of));
        }

        if (!string.IsNullOrEmpty(options.Mqtt.Host))
        {
            services.AddSingleton<IFrameSink>(of => new MqttSink(options.Mqtt, options.Events, camera, of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<MqttSink>>()));
        }

        if (!string.IsNullOrEmpty(options.Webhook.Url))
        {
            services.AddSingleton<IFrameSink>(of => new WebhookSink(options.Webhook, options.Events, camera, of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<WebhookSink>>()));
        }

        return services;

        static LiveTimeline? TimelineOf(IFrameSource source, IServiceProvider of) =>
            IsLive(source, of)
                ? new LiveTimeline(source.FrameRate, of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<LiveTimeline>>())
                : null;

        static bool IsLive(IFrameSource source, IServiceProvider of) => FrameSources.IsLive(of.GetRequiredService<Settings>().Capture.Live, source);

        static IFrameSink Record(RecordingOptions recording, string path, IServiceProvider of)
        {
            var (source, time, logger) = (of.GetRequiredService<IFrameSource>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<RecordingSink>>());
            var folder = new RecordingFolder(path, recording.KeepGigabytes * 1e9, recording.FloorGigabytes * 1e9, logger);
            var sink = new RecordingSink(folder, recording, () => source.FrameRate, () => TimelineOf(source, of), time, logger);

            // Where no frame may be lost the pipeline waits for the encoder.
            return IsLive(source, of) ? new QueuedSink(sink, recording.Picture, WaitingPictures, grace: null, time, logger) : sink;
        }

        static IFrameSink Push(string url, IServiceProvider of)
        {
            var (source, time, logger) = (of.GetRequiredService<IFrameSource>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<RtspPushSink>>());
            return new QueuedSink(new RtspPushSink(url, () => source.FrameRate, time), PictureKind.Overlay, capacity: 1, grace: TimeSpan.FromSeconds(2), time, logger);
        }

        string PathOf(string name) => Path.Combine(OutputFolder.Make(options.Directory), name);
    }
}
