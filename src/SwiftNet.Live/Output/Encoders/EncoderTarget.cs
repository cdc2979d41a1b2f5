namespace SwiftNet.Live.Output.Encoders;

/// <summary>Destination of an encoder: ffmpeg's arguments for its input and output.</summary>
/// <param name="Input">Arguments before <c>-i</c>.</param>
/// <param name="Output">Arguments after the codec, including the destination.</param>
internal sealed record EncoderTarget(IReadOnlyList<string> Input, IReadOnlyList<string> Output)
{
    private const int KeySeconds = 2;

    /// <summary>A plain .mp4, playable once complete.</summary>
    public static EncoderTarget Mp4(string path) => new([], ["-movflags", "+faststart", "-f", "mp4", "file:" + path]);

    /// <summary>A fragmented .mp4 with fragments of one to two seconds: playable up to the last complete fragment if truncated.</summary>
    /// <remarks>delay_moov: the header is written with the first fragment and contains its start time; an empty header would delay all
    /// pictures by the reordering.</remarks>
    public static EncoderTarget FragmentedMp4(string path, double frameRate) => new([],
    [
        "-g", KeyFrames(frameRate), "-movflags", "+frag_keyframe+delay_moov+default_base_moof", "-frag_duration", "1000000",
        "-flush_packets", "1",
        "-f", "mp4", "file:" + path,
    ]);

    /// <summary>An RTSP stream to a media server, over TCP; each picture has the time of its delivery.</summary>
    public static EncoderTarget Rtsp(string url, double frameRate) => new(
        ["-use_wallclock_as_timestamps", "1"],
        ["-tune", "zerolatency", "-g", KeyFrames(frameRate), "-f", "rtsp", "-rtsp_transport", "tcp", url]);

    // Every fragment, and every new viewer, needs a key frame first.
    private static string KeyFrames(double frameRate) => $"{Math.Max(1, Math.Round(frameRate * KeySeconds)):0}";
}
