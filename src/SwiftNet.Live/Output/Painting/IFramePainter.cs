using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Renders the picture for overlay, preview and stream. Not thread-safe.</summary>
internal interface IFramePainter
{
    /// <summary>Creates the painter that the options select.</summary>
    /// <exception cref="UserErrorException">The background picture cannot be read.</exception>
    static IFramePainter For(OutputOptions options) => options.Matte.Enabled ? new MattePainter(options.Matte) : new OverlayPainter();

    /// <summary>Renders into <paramref name="bgr"/>.</summary>
    /// <param name="frame">The frame, with or without a mask.</param>
    /// <param name="bgr">BGR, 8 bit, the frame's size.</param>
    void Paint(Frame frame, Span<byte> bgr);
}
