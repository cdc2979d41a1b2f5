using System.Diagnostics;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>The real ffmpeg as the other side: what it makes we must read, what we make it must read.</summary>
internal static class Ffmpeg
{
    /// <summary>Encodes raw pixels as one picture.</summary>
    public static void Encode(string path, int width, int height, string from, byte[] pixels, params string[] options) =>
        Run(
            "ffmpeg",
            ["-v", "error", "-y", "-f", "rawvideo", "-pixel_format", from, "-video_size", $"{width}x{height}", "-i", "-", .. options, path],
            pixels);

    /// <summary>Makes one file of another.</summary>
    public static void Convert(string from, string to, params string[] options) =>
        Run("ffmpeg", ["-v", "error", "-y", "-i", from, .. options, to], []);

    /// <summary>Decodes a picture or video to raw pixels.</summary>
    public static byte[] Decode(string path, string to) =>
        Run("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", to, "-"], []);

    /// <summary>What ffprobe says of the video stream, as <c>key=value</c> lines.</summary>
    public static string Probe(string path, string entries) =>
        System.Text.Encoding.UTF8.GetString(
            Run(
                "ffprobe",
                [
                    "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", $"stream={entries}", "-of",
                    "default=noprint_wrappers=1", path,
                ],
                []));

    /// <summary>When each picture of a video is shown, in seconds.</summary>
    public static double[] Times(string path) =>
    [
        .. System.Text.Encoding.UTF8.GetString(
            Run("ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0", path], []))
            .Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static byte[] Run(string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var feed = Task.Run(() =>
        {
            child.StandardInput.BaseStream.Write(input);
            child.StandardInput.Close();
        });
        using var output = new MemoryStream();
        child.StandardOutput.BaseStream.CopyTo(output);
        feed.Wait();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        return output.ToArray();
    }
}
