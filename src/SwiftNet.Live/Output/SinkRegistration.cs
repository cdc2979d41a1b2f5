using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output;

/// <summary>The sinks that the options ask for.</summary>
internal static class SinkRegistration
{
    /// <summary>Adds them; each opens, or tells why it cannot, before the first frame.</summary>
    public static IServiceCollection AddSinks(this IServiceCollection services, OutputOptions options)
    {
        if (options.Masks)
        {
            services.AddSingleton<IFrameSink>(_ => new MaskPngSink(PathOf("masks")));
        }

        if (options.JsonLines)
        {
            services.AddSingleton<IFrameSink>(_ => new JsonLinesSink(PathOf("objects.jsonl")));
        }

        if (options.Overlay)
        {
            services.AddSingleton<IFrameSink>(of =>
            {
                var source = of.GetRequiredService<IFrameSource>();
                return new OverlayVideoSink(PathOf("overlay.mp4"), source.FrameRate, TimelineOf(source, of));
            });
        }

        return services;

        static LiveTimeline? TimelineOf(IFrameSource source, IServiceProvider of) =>
            FrameSources.IsLive(of.GetRequiredService<Settings>().Capture.Live, source)
                ? new LiveTimeline(source.FrameRate, of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<LiveTimeline>>())
                : null;

        string PathOf(string name) => Path.Combine(OutputFolder.Make(options.Directory), name);
    }
}
