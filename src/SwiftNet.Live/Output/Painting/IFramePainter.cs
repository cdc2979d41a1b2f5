using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Painting;

/// <summary>Makes the picture that overlay, preview and stream show. One painter serves one thread.</summary>
internal interface IFramePainter
{
    /// <summary>The one that the options ask for.</summary>
    /// <exception cref="UserErrorException">Its background cannot be read.</exception>
    static IFramePainter For(OutputOptions options) => options.Matte.Enabled ? new MattePainter(options.Matte) : new OverlayPainter();

    /// <summary>Fills <paramref name="bgr"/>.</summary>
    /// <param name="frame">The frame, with or without a mask.</param>
    /// <param name="bgr">BGR, 8 bit, the frame's size.</param>
    void Paint(Frame frame, Span<byte> bgr);
}
