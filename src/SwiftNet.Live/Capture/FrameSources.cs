using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Capture;

/// <summary>Creates the source for <see cref="CaptureOptions.Source"/>.</summary>
internal static class FrameSources
{
    /// <summary>Opens the source; the caller disposes it.</summary>
    /// <exception cref="UserErrorException">The source cannot be opened.</exception>
    public static IFrameSource Open(CaptureOptions options, TimeProvider time, ILogger logger)
    {
        var address = new SourceAddress(options.Source);
        IFrameSource source = address.Kind switch
        {
            "v4l2" => new ReconnectingSource(new DeviceInput(address), options, time, logger),
            "rtsp" or "rtsps" or "http" or "https" =>
                new ReconnectingSource(new NetworkInput(options.Source, options, time), options, time, logger),
            "test" => new TestPatternSource(address, time),
            "images" => new ImageFolderSource(address.Path, time, logger),
            _ when Directory.Exists(address.Path) => new ImageFolderSource(address.Path, time, logger),
            _ => new VideoFileSource(address.Path, time, logger),
        };
        return (source, IsLive(options.Live, source)) switch
        {
            (ReconnectingSource, _) => source,
            (_, true) => new PacedSource(source, time),
            _ => source,
        };
    }

    /// <summary>Whether frames are dropped while the pipeline is busy.</summary>
    public static bool IsLive(LiveMode mode, IFrameSource source) => mode == LiveMode.Auto ? source.IsLive : mode == LiveMode.True;
}
