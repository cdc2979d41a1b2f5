using System.Globalization;
using System.Text.Json;

namespace SwiftNet.Live.Capture;

/// <summary>What ffprobe tells of an input's first video stream.</summary>
/// <param name="Width">Columns as shown, in pixels.</param>
/// <param name="Height">Rows as shown, in pixels.</param>
/// <param name="FrameRate">Frames a second; 25 where the stream does not say.</param>
/// <param name="FrameCount">Frames that the container claims, or null.</param>
internal sealed record VideoProbe(int Width, int Height, double FrameRate, long? FrameCount)
{
    /// <summary>Asks ffprobe.</summary>
    /// <param name="input">ffprobe's arguments for the input, with <c>-i INPUT</c>.</param>
    /// <param name="name">The input, for messages.</param>
    /// <exception cref="UserErrorException">ffprobe is not installed, or finds no video.</exception>
    public static VideoProbe Of(IEnumerable<string> input, string name)
    {
        using var process = FfmpegDecoder.Start("ffprobe",
        [
            "-v", "error", "-select_streams", "v:0", "-of", "json",
            "-show_entries", "stream=width,height,avg_frame_rate,r_frame_rate,nb_frames:stream_side_data=rotation", .. input,
        ]);
        var complaints = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var why = complaints.Result.ReplaceLineEndings("; ").Trim(' ', ';');
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        using var json = process.ExitCode == 0 ? JsonDocument.Parse(answer) : null;
        if (json is null || !json.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0
            || !streams[0].TryGetProperty("width", out var width) || !streams[0].TryGetProperty("height", out var height) || width.GetInt32() * height.GetInt32() == 0)
        {
            throw new UserErrorException($"{name} cannot be read as a video: {(why.Length > 0 ? why : "it holds no pictures")}. Give a video file, or a folder of jpg or png images.");
        }

        var stream = streams[0];
        var turned = Rotation(stream) % 180 != 0;
        var count = Text(stream, "nb_frames") is { } frames && long.TryParse(frames, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null;
        var rate = Rate(Text(stream, "avg_frame_rate")) ?? Rate(Text(stream, "r_frame_rate")) ?? 25;
        return turned
            ? new VideoProbe(height.GetInt32(), width.GetInt32(), rate, count)
            : new VideoProbe(width.GetInt32(), height.GetInt32(), rate, count);
    }

    private static string? Text(JsonElement stream, string key) => stream.TryGetProperty(key, out var value) ? value.GetString() : null;

    private static double? Rate(string? fraction) =>
        fraction?.Split('/') is [var over, var under]
        && double.TryParse(over, CultureInfo.InvariantCulture, out var a) && double.TryParse(under, CultureInfo.InvariantCulture, out var b)
        && a > 0 && b > 0 && a / b <= 1000 ? a / b : null;

    private static int Rotation(JsonElement stream)
    {
        if (stream.TryGetProperty("side_data_list", out var list))
        {
            foreach (var entry in list.EnumerateArray())
            {
                if (entry.TryGetProperty("rotation", out var rotation))
                {
                    return (int)rotation.GetDouble();
                }
            }
        }

        return 0;
    }
}
