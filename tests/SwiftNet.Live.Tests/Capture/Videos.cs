using SwiftNet.Live.Tests.Output;
using SwiftNet.Live.Tests.Pipeline;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>Video files with a number in each picture.</summary>
internal static class Videos
{
    /// <summary>Encodes the test pattern with H.264 (the container goes by the path's extension).</summary>
    public static void FromPattern(string path, string pattern, params string[] options)
    {
        using var source = TestFrames.Pattern(pattern);
        using var raw = new MemoryStream();
        var (width, height) = (0, 0);
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                raw.Write(frame.Pixels.Array);
                (width, height) = (frame.Width, frame.Height);
            }
        }

        Ffmpeg.Encode(path, width, height, "bgr24", raw.ToArray(), ["-c:v", "libx264", "-pix_fmt", "yuv420p", .. options]);
    }
}
