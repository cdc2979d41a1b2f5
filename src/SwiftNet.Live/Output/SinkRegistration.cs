using Microsoft.Extensions.DependencyInjection;
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
            services.AddSingleton<IFrameSink>(of => new OverlayVideoSink(PathOf("overlay.mp4"), of.GetRequiredService<IFrameSource>().FrameRate));
        }

        return services;

        string PathOf(string name) => Path.Combine(OutputFolder.Make(options.Directory), name);
    }
}
