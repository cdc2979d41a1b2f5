using SwiftNet.Live.Capture;

namespace SwiftNet.Live.Commands.Doctor;

/// <summary>ffmpeg and ffprobe, which read videos and cameras, and the encoder that the overlay video needs.</summary>
internal static class FfmpegCheck
{
    private const string Package = "ffmpeg";
    private static readonly string[] s_encoders = ["libx264", "libopenh264"];

    /// <summary>Looks.</summary>
    public static Finding Look()
    {
        if (FirstLineOf("ffmpeg") is not { } version)
        {
            return Finding.Missing("ffmpeg is not on the PATH; it reads videos and cameras and writes the overlay video", Package);
        }

        if (FirstLineOf("ffprobe") is null)
        {
            return Finding.Missing("ffprobe is not on the PATH, though ffmpeg is", Package);
        }

        var encoders = Output("ffmpeg", ["-hide_banner", "-encoders"]);
        var usable = Array.FindAll(s_encoders, e => encoders.Contains($" {e} ", StringComparison.Ordinal));
        version = string.Join(' ', version.Split(' ').Take(3));
        return usable.Length > 0
            ? Finding.Fine($"{version}, encoder {string.Join(", ", usable)}")
            : Finding.Missing($"{version} has no H.264 encoder ({string.Join(" or ", s_encoders)}); use the distribution's", Package);
    }

    private static string? FirstLineOf(string tool)
    {
        try
        {
            return Output(tool, ["-version"]).Split('\n')[0].Trim();
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private static string Output(string tool, string[] arguments)
    {
        using var child = FfmpegDecoder.Start(tool, arguments);
        child.ErrorDataReceived += static (_, _) => { };
        child.BeginErrorReadLine();
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return output;
    }
}
