using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Encoders;

/// <summary>One ffmpeg child that takes raw BGR frames and encodes them with H.264.</summary>
internal sealed class FfmpegEncoder : IAsyncDisposable
{
    private const int TailLines = 5;

    // The smallest that holds milliseconds and the times of all usual rates, 24000/1001 and 60000/1001 among them, exactly.
    private const int TicksPerSecond = 240_000;
    private readonly Process _child;
    private readonly Task _reading;
    private readonly Queue<string> _tail = new();
    private byte[]? _head;

    private FfmpegEncoder(Process child, byte[]? head)
    {
        _child = child;
        _head = head;
        _reading = ReadErrorsAsync();
    }

    /// <summary>Id of the child.</summary>
    public int ProcessId => _child.Id;

    /// <summary>Starts a child that writes to <paramref name="target"/>.</summary>
    /// <param name="ffmpeg">The program.</param>
    /// <param name="target">What it writes to.</param>
    /// <param name="shape">What its pictures have in common.</param>
    /// <param name="frameRate">Frames a second.</param>
    /// <param name="isTimed">Whether each picture is handed over with its time; otherwise they follow one another at the rate.</param>
    /// <exception cref="IOException">The child could not be started.</exception>
    public static FfmpegEncoder Start(string ffmpeg, EncoderTarget target, FrameShape shape, double frameRate, bool isTimed = false)
    {
        string[] input = isTimed
            ? ["-f", "matroska", "-i", "pipe:0", "-vsync", "passthrough", "-enc_time_base", $"1/{TicksPerSecond}"]
            :
            [
                "-f", "rawvideo", "-pixel_format", "bgr24", "-video_size", $"{shape.Width}x{shape.Height}",
                "-framerate", frameRate.ToString("0.############", CultureInfo.InvariantCulture), "-i", "pipe:0",
            ];

        // A session of its own: Ctrl-C in the terminal is for us, who still have frames to hand over, and not for the child.
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (ReadOnlySpan<string>)
        [
            ffmpeg, "-hide_banner", "-loglevel", "error", "-nostats", "-y", .. target.Input, .. input,

            // Half-size chroma needs even sides: the odd column or row is padded, so that no pixel is lost.
            "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv" + $",setsar={shape.Pixel}",
            "-c:v", "libx264", "-preset", "superfast", "-crf", "20", "-pix_fmt", "yuv420p",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            .. target.Output,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new FfmpegEncoder(Process.Start(start)!, isTimed ? TimedPictures.Head(shape, frameRate) : null);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"ffmpeg could not be started: {e.Message}", e);
        }
    }

    /// <summary>Hands one frame over, where each has its time with it.</summary>
    /// <exception cref="IOException">The child has ended; the message holds its last words.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bgr, CancellationToken cancellation, TimeSpan? at = null)
    {
        try
        {
            if (_head is { } head)
            {
                await _child.StandardInput.BaseStream.WriteAsync(head, cancellation);
                _head = null;
            }

            if (at is { } shown)
            {
                await _child.StandardInput.BaseStream.WriteAsync(TimedPictures.PictureHead(shown, bgr.Length), cancellation);
            }

            await _child.StandardInput.BaseStream.WriteAsync(bgr, cancellation);
            await _child.StandardInput.BaseStream.FlushAsync(cancellation);
        }
        catch (IOException e)
        {
            await WaitForEndAsync(cancellation);
            throw new IOException(LastWords(), e);
        }
    }

    /// <summary>Hands one frame over, unless the child does not take it in time; then it is ended.</summary>
    /// <exception cref="IOException">The child has ended, or took nothing for <paramref name="limit"/>.</exception>
    public async ValueTask WriteWithinAsync(TimeSpan limit, ReadOnlyMemory<byte> bgr, TimeProvider time, CancellationToken cancellation, TimeSpan? at = null)
    {
        // A full pipe may block the thread that writes to it.
        var writing = Task.Run(() => WriteAsync(bgr, cancellation, at).AsTask(), cancellation);
        try
        {
            await writing.WaitAsync(limit, time, cancellation);
        }
        catch (TimeoutException e)
        {
            _child.Kill();
            await writing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new IOException($"ffmpeg took no frame for {limit.TotalSeconds:0} s and was ended", e);
        }
    }

    /// <summary>Tells the child that there are no more frames and waits until its file is complete.</summary>
    /// <exception cref="IOException">The child failed; the message holds its last words.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        try
        {
            _child.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child is gone already: its exit code tells.
        }

        await WaitForEndAsync(cancellation);
        if (_child.ExitCode != 0)
        {
            throw new IOException(LastWords());
        }
    }

    /// <summary>Ends the child if it still runs, and waits for it, so that no zombie stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_child.HasExited)
        {
            _child.Kill();
        }

        await WaitForEndAsync(CancellationToken.None);
        _child.Dispose();
    }

    private async Task WaitForEndAsync(CancellationToken cancellation)
    {
        await _child.WaitForExitAsync(cancellation);
        await _reading.WaitAsync(cancellation);
    }

    private async Task ReadErrorsAsync()
    {
        while (await _child.StandardError.ReadLineAsync() is { } line)
        {
            if (_tail.Count == TailLines)
            {
                _tail.Dequeue();
            }

            _tail.Enqueue(MaskedUri.InLine(line.Trim()));
        }
    }

    private string LastWords() => _tail.Count == 0
        ? $"ffmpeg ended with exit code {_child.ExitCode} and no message"
        : $"ffmpeg ended with exit code {_child.ExitCode}: {string.Join("; ", _tail)}";
}
