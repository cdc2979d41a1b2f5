using System.ComponentModel;
using System.Diagnostics;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>One connection to a camera: an ffmpeg child process that decodes to raw BGR pictures in the camera's current size.</summary>
internal sealed class CameraDecoder : IDisposable
{
    // A killed child that does not exit hangs in a driver; the kernel removes it later.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly PictureStream _pictures;
    private readonly FfmpegStderrParser _words;
    private readonly Thread _listener;
    private readonly ICameraInput _input;
    private readonly CameraFeed _feed;
    private readonly Thread _feeder;
    private volatile SourceFailure? _feedEnd;
    private volatile bool _killed;

    /// <summary>Starts the child process.</summary>
    /// <param name="ffmpeg">Path of ffmpeg.</param>
    /// <param name="hardware">See <see cref="Options.CaptureOptions.HardwareDecoding"/>.</param>
    /// <param name="input">The camera's input.</param>
    /// <param name="time">The clock for the age of error messages.</param>
    /// <param name="stream">Index of the video stream to decode.</param>
    /// <exception cref="IOException">The process cannot be started.</exception>
    public CameraDecoder(string ffmpeg, string hardware, ICameraInput input, TimeProvider time, int stream = 0)
    {
        _input = input;
        _feed = input.Feed();
        Stream = stream;
        _words = new FfmpegStderrParser(time);
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
            throw new IOException($"the decoder cannot be started: {e.Message}", e);
        }

        _pictures = new PictureStream(_process.StandardOutput.BaseStream);
        _listener = new Thread(Listen) { Name = "camera decoder stderr", IsBackground = true };
        _listener.Start();
        _feeder = new Thread(Feed) { Name = "camera decoder input", IsBackground = true };
        _feeder.Start();
    }

    /// <summary>Process id of the child.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Index of the decoded video stream.</summary>
    public int Stream { get; }

    /// <summary>Index of the first video stream that is not a still picture, as far as known.</summary>
    public int MainStream => _words.MainStream ?? Stream;

    /// <summary>Reads the next picture; null at the end. The caller owns its pixels.</summary>
    public (PooledArray<byte> Pixels, FfmpegStderrParser.PictureFormat Format)? Read()
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

    /// <summary>The reason for the end of the stream; valid after the end.</summary>
    public SourceFailure Why()
    {
        if (!_process.WaitForExit(s_patience))
        {
            Kill();
            return new SourceFailure(SourceFault.Ended, "the decoder hangs");
        }

        _listener.Join(s_patience);
        _feeder.Join(s_patience);
        return !_killed && FfmpegDecoder.WasKilled(_process.ExitCode)
            ? new SourceFailure(SourceFault.Ended, $"the decoder was killed (exit code {_process.ExitCode})")
            : _feedEnd ?? SourceFailure.From(_words.Complaints, _input.Scrub);
    }

    /// <summary>Kills the child; a blocked read returns null. Thread-safe.</summary>
    public void Kill()
    {
        _killed = true;
        _feed.Stop();
        _process.Kill();
    }

    /// <summary>Kills the child and releases its resources.</summary>
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
            // Process.Dispose does not close streams that were accessed.
            _pictures.Dispose();
            _process.StandardError.Dispose();
        }

        _process.Dispose();
    }

    // setsid: Ctrl-C in the terminal must reach this process only, not the child.
    // No reordering and one encoding thread, since a buffered picture is stale. passthrough: each picture once, on arrival.
    // Not nobuffer: it discards the probed packets including the key frame, and the next key frame may be seconds away.
    // Small probe and flush settings avoid further buffering.
    // verbose logs the pictures' format (FfmpegStderrParser); noautoscale keeps a changed size.
    private static string[] ArgumentsOf(string ffmpeg, string hardware, IReadOnlyList<string> input, int stream) =>
    [
        ffmpeg, "-hide_banner", "-nostats", "-nostdin", "-loglevel", "repeat+level+verbose",
        "-flags", "low_delay", .. hardware == "none" ? Array.Empty<string>() : ["-hwaccel", hardware], "-noautorotate",
        .. input,
        "-map", $"0:v:{stream}", "-vsync", "passthrough", "-autoscale", "0", "-pix_fmt", "bgr24", "-c:v", "rawvideo", "-threads", "1",
        "-enc_time_base", "-1", "-f", "mpjpeg", "pipe:1",
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
            // The child has exited.
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
            // The child has exited; its stderr contains the reason.
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
            // The child has already exited.
        }
    }
}
