using System.ComponentModel;
using System.Diagnostics;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>One connection to a camera: an ffmpeg child that decodes it to raw BGR pictures, each of the size that the camera gives it at that time.</summary>
internal sealed class CameraDecoder : IDisposable
{
    // A killed child that does not end hangs in a driver; the system takes it away when it can.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly PictureStream _pictures;
    private readonly DecoderWords _words;
    private readonly Thread _listener;
    private readonly ICameraInput _input;
    private readonly CameraFeed _feed;
    private readonly Thread _feeder;
    private volatile SourceFailure? _feedEnd;
    private volatile bool _killed;

    /// <summary>Starts the child.</summary>
    /// <param name="ffmpeg">The program.</param>
    /// <param name="hardware">As <see cref="Options.CaptureOptions.HardwareDecoding"/>.</param>
    /// <param name="input">The camera.</param>
    /// <param name="time">The time by which complaints age.</param>
    /// <param name="stream">Which of its video streams is decoded.</param>
    /// <exception cref="IOException">No process can be started.</exception>
    public CameraDecoder(string ffmpeg, string hardware, ICameraInput input, TimeProvider time, int stream = 0)
    {
        _input = input;
        _feed = input.Feed();
        Stream = stream;
        _words = new DecoderWords(time);
        try
        {
            _process = Process.Start(new ProcessStartInfo("setsid", ArgumentsOf(ffmpeg, hardware, _feed.Arguments, stream))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception e)
        {
            _feed.Dispose();
            throw new IOException($"no decoder can be started: {e.Message}", e);
        }

        _pictures = new PictureStream(_process.StandardOutput.BaseStream);
        _listener = new Thread(Listen) { Name = "camera decoder's words", IsBackground = true };
        _listener.Start();
        _feeder = new Thread(Feed) { Name = "camera decoder's input", IsBackground = true };
        _feeder.Start();
    }

    /// <summary>Id of the child.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The number of the video stream that is decoded.</summary>
    public int Stream { get; }

    /// <summary>The number of the video stream that is the film, as far as is known: the first that is no still picture.</summary>
    public int MainStream => _words.MainStream ?? Stream;

    /// <summary>Waits for the next picture; null at the end. The caller owns its pixels.</summary>
    public (PooledArray<byte> Pixels, DecoderWords.PictureFormat Format)? Read()
    {
        if (_pictures.NextLength() is not { } length || _words.FormatOf(length) is not { } format)
        {
            return null;
        }

        var pixels = PooledArray<byte>.Rent(length);
        if (_pictures.Fill(pixels.Array))
        {
            return (pixels, format);
        }

        pixels.Dispose();
        return null;
    }

    /// <summary>After the end: why.</summary>
    public SourceFailure Why()
    {
        if (!_process.WaitForExit(s_patience))
        {
            Kill();
            return new SourceFailure(SourceFault.Ended, "its decoder hangs");
        }

        _listener.Join(s_patience);
        _feeder.Join(s_patience);
        return !_killed && FfmpegDecoder.WasKilled(_process.ExitCode)
            ? new SourceFailure(SourceFault.Ended, $"its decoder was killed (exit code {_process.ExitCode})")
            : _feedEnd ?? SourceFailure.From(_words.Complaints, _input.Scrub);
    }

    /// <summary>Ends the child, whatever it is doing; a read that waits for it returns null. Any thread may call this.</summary>
    public void Kill()
    {
        _killed = true;
        _feed.Stop();
        _process.Kill();
    }

    /// <summary>Ends the child and gives up what belongs to it.</summary>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit(s_patience);
        if (_feeder.Join(s_patience))
        {
            _feed.Dispose();
        }

        if (_listener.Join(s_patience))
        {
            // Process leaves streams that were asked for to the one who asked.
            _pictures.Dispose();
            _process.StandardError.Dispose();
        }

        _process.Dispose();
    }

    // A session of its own: Ctrl-C in the terminal is for us, and not for the child.
    // No reordering, one encoding thread: a picture that waits is stale. passthrough: each picture once, when it comes.
    // Not nobuffer, which throws away what the stream was recognised by, the key picture with it: with seconds between two of them, that long nothing comes.
    // What is kept comes at once and is gone at once.
    // verbose tells the pictures' format (DecoderWords); without autoscale they keep it when it changes.
    private static string[] ArgumentsOf(string ffmpeg, string hardware, IReadOnlyList<string> input, int stream) =>
    [
        ffmpeg, "-hide_banner", "-nostats", "-nostdin", "-loglevel", "repeat+level+verbose",
        "-flags", "low_delay", .. hardware == "none" ? Array.Empty<string>() : ["-hwaccel", hardware], "-noautorotate",
        .. input,
        "-map", $"0:v:{stream}", "-vsync", "passthrough", "-autoscale", "0", "-pix_fmt", "bgr24", "-c:v", "rawvideo", "-threads", "1", "-enc_time_base", "-1", "-f", "mpjpeg", "pipe:1",
    ];

    private void Listen()
    {
        try
        {
            while (_process.StandardError.ReadLine() is { } line)
            {
                _words.Hear(line);
            }
        }
        catch (IOException)
        {
            // The child is gone.
        }
        finally
        {
            _words.Hear(null);
        }
    }

    private void Feed()
    {
        try
        {
            _feedEnd = _feed.Send(_process.StandardInput.BaseStream);
        }
        catch (IOException)
        {
            // The child is gone already; its words tell why.
        }
        finally
        {
            EndInput();
        }
    }

    private void EndInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child is gone already.
        }
    }
}
