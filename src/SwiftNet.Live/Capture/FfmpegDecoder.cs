using System.ComponentModel;
using System.Diagnostics;

namespace SwiftNet.Live.Capture;

/// <summary>An ffmpeg child process that decodes one input to raw BGR pictures on its standard output.</summary>
internal sealed class FfmpegDecoder : IDisposable
{
    private const int FirstSignal = 128;
    private const int LastSignal = 128 + 31;
    private const int AskedToEnd = 255;
    private readonly Process _process;
    private readonly FileDecoderLines _lines = new();

    /// <summary>Starts the child process.</summary>
    /// <param name="input">ffmpeg's arguments up to and including <c>-i INPUT</c>.</param>
    /// <param name="stream">Index of the stream to decode.</param>
    /// <param name="width">Columns of the pictures, in pixels.</param>
    /// <param name="height">Rows of the pictures, in pixels.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public FfmpegDecoder(IEnumerable<string> input, int stream, int width, int height)
    {
        // setsid: Ctrl-C in the terminal must reach this process only, which then stops reading.
        // passthrough: each picture of the file once, without duplicates or drops. showinfo logs presentation times.
        _process = Start("setsid",
        [
            "ffmpeg", "-hide_banner", "-nostats", "-loglevel", "repeat+level+info", "-nostdin", .. input, "-map", $"0:{stream}", "-vsync",
            "passthrough",
            "-vf", $"scale={width}:{height},format=bgr24,showinfo=checksum=0", "-f", "rawvideo", "pipe:1",
        ]);
        _process.ErrorDataReceived += (_, line) => _lines.Hear(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>The child's first error messages, joined into one line.</summary>
    public string Complaints => _lines.Complaints;

    /// <summary>Starts an ffmpeg tool with redirected outputs.</summary>
    /// <exception cref="UserErrorException">The tool is not installed.</exception>
    public static Process Start(string tool, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(tool, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException(
                $"{tool}, which reads video files and devices, cannot be started ({e.Message}). Install it: sudo apt-get install ffmpeg",
                e);
        }
    }

    /// <summary>Reads the next picture into <paramref name="picture"/>; null at the end of the stream.</summary>
    public DecodedPicture? Read(Span<byte> picture) =>
        _process.StandardOutput.BaseStream.ReadAtLeast(picture, picture.Length, throwOnEndOfStream: false) == picture.Length
            ? _lines.Next()
            : null;

    /// <summary>Waits for the child's exit code; call after the end of the stream.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Whether the exit code means that a signal ended the child: ffmpeg returns 255 itself, else the system adds 128.</summary>
    public static bool WasKilled(int exitCode) => exitCode is AskedToEnd or (> FirstSignal and <= LastSignal);

    /// <summary>Kills the child; a blocked read returns null. Thread-safe.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills the child and releases its resources.</summary>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        // Process.Dispose does not close a stream that was accessed.
        _process.StandardOutput.Dispose();
        _process.Dispose();
    }
}
