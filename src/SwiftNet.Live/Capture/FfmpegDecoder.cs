using System.ComponentModel;
using System.Diagnostics;

namespace SwiftNet.Live.Capture;

/// <summary>An ffmpeg child that decodes one input to raw BGR pictures on its standard output.</summary>
internal sealed class FfmpegDecoder : IDisposable
{
    private const int KeptComplaints = 4;
    private const int FirstSignal = 128;
    private const int LastSignal = 128 + 31;
    private const int AskedToEnd = 255;
    private readonly Process _process;
    private readonly List<string> _complaints = [];

    /// <summary>Starts the child.</summary>
    /// <param name="input">ffmpeg's arguments up to and with <c>-i INPUT</c>.</param>
    /// <param name="width">Columns of the pictures, in pixels.</param>
    /// <param name="height">Rows of the pictures, in pixels.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public FfmpegDecoder(IEnumerable<string> input, int width, int height)
    {
        // A session of its own: Ctrl-C in the terminal is for us, who then stop reading, and not for the child.
        // passthrough: each picture of the file once, none doubled or left out to even the rate.
        _process = Start("setsid",
            ["ffmpeg", "-v", "error", "-nostdin", .. input, "-map", "0:v:0", "-vsync", "passthrough", "-s", $"{width}x{height}", "-pix_fmt", "bgr24", "-f", "rawvideo", "pipe:1"]);
        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>What the child complained of, its first few lines in one.</summary>
    public string Complaints
    {
        get
        {
            lock (_complaints)
            {
                return string.Join("; ", _complaints);
            }
        }
    }

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

    /// <summary>Fills <paramref name="picture"/>; false at the end of the stream.</summary>
    public bool Read(Span<byte> picture) =>
        _process.StandardOutput.BaseStream.ReadAtLeast(picture, picture.Length, throwOnEndOfStream: false) == picture.Length;

    /// <summary>After the end of the stream: waits for the child's exit code.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Whether a child with this exit code was ended by a signal: its own answer to one is 255, otherwise the system adds 128.</summary>
    public static bool WasKilled(int exitCode) => exitCode is AskedToEnd or (> FirstSignal and <= LastSignal);

    /// <summary>Ends the child, whatever it is doing; a read that waits for it returns false. Any thread may call this.</summary>
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

    private void Complain(string? line)
    {
        lock (_complaints)
        {
            if (!string.IsNullOrWhiteSpace(line) && _complaints.Count < KeptComplaints)
            {
                _complaints.Add(line.Trim());
            }
        }
    }
}
