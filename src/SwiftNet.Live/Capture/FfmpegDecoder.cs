using System.ComponentModel;
using System.Diagnostics;

namespace SwiftNet.Live.Capture;

/// <summary>An ffmpeg child that decodes one input to raw BGR pictures on its standard output.</summary>
internal sealed class FfmpegDecoder : IDisposable
{
    private const int FirstSignal = 128;
    private const int LastSignal = 128 + 31;
    private const int AskedToEnd = 255;
    private readonly Process _process;
    private readonly FileDecoderLines _lines = new();

    /// <summary>Starts the child.</summary>
    /// <param name="input">ffmpeg's arguments up to and with <c>-i INPUT</c>.</param>
    /// <param name="stream">The number of the stream that is decoded.</param>
    /// <param name="width">Columns of the pictures, in pixels.</param>
    /// <param name="height">Rows of the pictures, in pixels.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public FfmpegDecoder(IEnumerable<string> input, int stream, int width, int height)
    {
        // A session of its own: Ctrl-C in the terminal is for us, who then stop reading, and not for the child.
        // passthrough: each picture of the file once, none doubled or left out to even the rate. showinfo says when each is shown.
        _process = Start("setsid",
        [
            "ffmpeg", "-hide_banner", "-nostats", "-loglevel", "repeat+level+info", "-nostdin", .. input, "-map", $"0:{stream}", "-vsync", "passthrough",
            "-vf", $"scale={width}:{height},format=bgr24,showinfo=checksum=0", "-f", "rawvideo", "pipe:1",
        ]);
        _process.ErrorDataReceived += (_, line) => _lines.Hear(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>What the child complained of, its first few lines in one.</summary>
    public string Complaints => _lines.Complaints;

    /// <summary>Starts a tool of ffmpeg's with its outputs redirected.</summary>
    /// <exception cref="UserErrorException">It is not installed.</exception>
    public static Process Start(string tool, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException($"The program {tool} cannot be started ({e.Message}); it reads video files and devices. Install it: sudo apt-get install ffmpeg", e);
        }
    }

    /// <summary>Fills <paramref name="picture"/>; null at the end of the stream.</summary>
    public DecodedPicture? Read(Span<byte> picture) =>
        _process.StandardOutput.BaseStream.ReadAtLeast(picture, picture.Length, throwOnEndOfStream: false) == picture.Length ? _lines.Next() : null;

    /// <summary>After the end of the stream: waits for the child's exit code.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Whether a child with this exit code was ended by a signal: its own answer to one is 255, otherwise the system adds 128.</summary>
    public static bool WasKilled(int exitCode) => exitCode is AskedToEnd or (> FirstSignal and <= LastSignal);

    /// <summary>Ends the child, whatever it is doing; a read that waits for it returns null. Any thread may call this.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends the child and gives up what belongs to it.</summary>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        // Process leaves a stream that was asked for to the one who asked.
        _process.StandardOutput.Dispose();
        _process.Dispose();
    }
}
