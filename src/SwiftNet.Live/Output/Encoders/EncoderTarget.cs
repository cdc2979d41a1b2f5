namespace SwiftNet.Live.Output.Encoders;

/// <summary>What an encoder writes to: ffmpeg's arguments before its input and for its output.</summary>
/// <param name="Input">Before <c>-i</c>.</param>
/// <param name="Output">After the codec's, up to the address.</param>
internal sealed record EncoderTarget(IReadOnlyList<string> Input, IReadOnlyList<string> Output)
{
    private const int KeySeconds = 2;

    /// <summary>One .mp4 that plays when it is complete.</summary>
    public static EncoderTarget Mp4(string path) => new([], ["-movflags", "+faststart", "-f", "mp4", "file:" + path]);

    /// <summary>An .mp4 of fragments of a second or two: cut off anywhere, it plays up to its last whole fragment.</summary>
    /// <remarks>delay_moov: the head comes with the first fragment and says when its first picture is shown; an empty one shows all of them later by the reordering.</remarks>
    public static EncoderTarget FragmentedMp4(string path, double frameRate) => new([],
    [
        "-g", KeyFrames(frameRate), "-movflags", "+frag_keyframe+delay_moov+default_base_moof", "-frag_duration", "1000000", "-flush_packets", "1",
        "-f", "mp4", "file:" + path,
    ]);

    /// <summary>A stream pushed to a media server, over TCP; each picture has the time at which it is handed over.</summary>
    public static EncoderTarget Rtsp(string url, double frameRate) => new(
        ["-use_wallclock_as_timestamps", "1"],
        ["-tune", "zerolatency", "-g", KeyFrames(frameRate), "-f", "rtsp", "-rtsp_transport", "tcp", url]);

    // Whoever joins, and every fragment, begins with a key frame.
    private static string KeyFrames(double frameRate) => $"{Math.Max(1, Math.Round(frameRate * KeySeconds)):0}";
}
