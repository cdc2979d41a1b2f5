using System.Globalization;
using System.Text.Json;

namespace SwiftNet.Live.Capture;

/// <summary>Properties of an input's main video stream, from ffprobe.</summary>
/// <param name="Stream">Index of the stream in the file: the first with more than one picture that is not a cover.</param>
/// <param name="Width">Displayed columns, in pixels.</param>
/// <param name="Height">Displayed rows, in pixels.</param>
/// <param name="FrameRate">Frames per second; 25 if unknown.</param>
/// <param name="FrameCount">Number of frames stated by the container; null = unknown.</param>
/// <param name="IsStream">Whether the format has no beginning and end, as a transport stream, so that any part of it is complete.</param>
internal sealed record VideoProbe(int Stream, int Width, int Height, double FrameRate, long? FrameCount, bool IsStream)
{
    // ffmpeg's names of formats of which any part is a complete file.
    private static readonly string[] s_streamFormats = ["mpegts", "mpeg", "mpegvideo", "h264", "hevc", "m4v", "mjpeg"];

    /// <summary>Runs ffprobe.</summary>
    /// <param name="input">ffprobe's arguments for the input, including <c>-i INPUT</c>.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <exception cref="UserErrorException">ffprobe is not installed, or the input contains no video.</exception>
    public static VideoProbe Of(IReadOnlyList<string> input, string name)
    {
        var (answer, why) = Ask(
        [
            "-select_streams", "v", "-of", "json", "-show_entries",
            "format=format_name:stream=index,width,height,avg_frame_rate,r_frame_rate,nb_frames:"
                + "stream_disposition=attached_pic,timed_thumbnails:stream_side_data=rotation",
            .. input,
        ]);
        using var json = answer is null ? null : JsonDocument.Parse(answer);
        JsonElement[] all = json?.RootElement.TryGetProperty("streams", out var streams) == true
            ? [.. streams.EnumerateArray().Where(HasSize)]
            : [];
        var films = Array.FindAll(all, stream => !IsCover(stream));
        if (films.Length == 0)
        {
            var what = why.Length > 0 ? why : all.Length > 0 ? "it contains a cover picture and no video" : "it contains no pictures";
            throw new UserErrorException($"{name} cannot be read as a video: {what}. Use a video file, or a folder of jpg or png images.");
        }

        var stream = films.Length == 1 ? films[0] : MainOf(films, input);
        var (width, height) = (stream.GetProperty("width").GetInt32(), stream.GetProperty("height").GetInt32());
        (width, height) = Rotation(stream) % 180 != 0 ? (height, width) : (width, height);
        var count = Text(stream, "nb_frames") is { } frames
            && long.TryParse(frames, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : (long?)null;
        var rate = Rate(Text(stream, "avg_frame_rate")) ?? Rate(Text(stream, "r_frame_rate")) ?? 25;
        var format = json!.RootElement.TryGetProperty("format", out var container) ? Text(container, "format_name") : null;
        return new VideoProbe(IndexOf(stream), width, height, rate, count, s_streamFormats.Contains(format));
    }

    // Only mp4 marks covers; in other formats a cover is a stream of one picture.
    private static JsonElement MainOf(JsonElement[] films, IEnumerable<string> input)
    {
        var (answer, _) = Ask(
            [
                "-select_streams", "v", "-read_intervals", "%+30", "-count_packets", "-of", "csv=p=0", "-show_entries",
                "stream=index,nb_read_packets", .. input,
            ]);
        var counts = (answer ?? "").Split('\n')
            .Select(line => line.Trim().Split(','))
            .Where(pair => pair.Length > 1)
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var moving = Array.FindIndex(
            films, stream => counts.TryGetValue($"{IndexOf(stream)}", out var count) && count is not ("0" or "1" or "N/A"));
        return films[Math.Max(0, moving)];
    }

    private static (string? Answer, string Why) Ask(IEnumerable<string> arguments)
    {
        using var process = FfmpegDecoder.Start("ffprobe", ["-v", "error", .. arguments]);
        var complaints = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var why = complaints.Result.ReplaceLineEndings("; ").Trim(' ', ';');
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        return (process.ExitCode == 0 ? answer : null, why);
    }

    private static bool HasSize(JsonElement stream) =>
        stream.TryGetProperty("width", out var width)
            && stream.TryGetProperty("height", out var height)
            && width.GetInt32() > 0
            && height.GetInt32() > 0;

    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var kinds) && kinds.EnumerateObject().Any(kind => kind.Value.GetInt32() != 0);

    private static int IndexOf(JsonElement stream) => stream.GetProperty("index").GetInt32();

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
