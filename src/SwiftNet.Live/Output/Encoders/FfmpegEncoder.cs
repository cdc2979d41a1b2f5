using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Encoders;

/// <summary>An ffmpeg child process that encodes pictures with H.264.</summary>
internal sealed class FfmpegEncoder : IAsyncDisposable
{
    private const int TailLines = 5;

    // The coarsest time base that represents milliseconds and the intervals of all usual rates, including 24000/1001 and 60000/1001,
    // exactly.
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

    /// <summary>Process id of the child.</summary>
    public int ProcessId => _child.Id;

    /// <summary>Starts a child process that writes to <paramref name="target"/>.</summary>
    /// <param name="ffmpeg">Path of ffmpeg.</param>
    /// <param name="target">The destination.</param>
    /// <param name="shape">Common properties of the pictures.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="input">The form of the pictures.</param>
    /// <exception cref="IOException">The process could not be started.</exception>
    public static FfmpegEncoder Start(
        string ffmpeg, EncoderTarget target, FrameShape shape, double frameRate, EncoderInput input = EncoderInput.Raw)
    {
        string[] form = input != EncoderInput.Raw
            ? ["-f", "matroska", "-i", "pipe:0", "-vsync", "passthrough", "-enc_time_base", $"1/{TicksPerSecond}"]
            :
            [
                "-f", "rawvideo", "-pixel_format", "bgr24", "-video_size", $"{shape.Width}x{shape.Height}",
                "-framerate", frameRate.ToString("0.############", CultureInfo.InvariantCulture), "-i", "pipe:0",
            ];

        // setsid: Ctrl-C in the terminal must reach this process only, which still has frames to write.
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (ReadOnlySpan<string>)
        [
            ffmpeg, "-hide_banner", "-loglevel", "error", "-nostats", "-y", .. target.Input, .. form,

            // Subsampled chroma needs even sides: pad an odd column or row, so that no pixel is lost.
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
            return new FfmpegEncoder(Process.Start(start)!, input == EncoderInput.Raw ? null : TimedPictures.Head(shape, frameRate, input == EncoderInput.TimedJpeg));
        }
        catch (Win32Exception e)
        {
            throw new IOException($"ffmpeg could not be started: {e.Message}", e);
        }
    }

    /// <summary>Writes one frame, with its time if the input is timed.</summary>
    /// <exception cref="IOException">The child has exited; the message contains its last messages.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation, TimeSpan? at = null)
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
                await _child.StandardInput.BaseStream.WriteAsync(TimedPictures.PictureHead(shown, picture.Length), cancellation);
            }

            await _child.StandardInput.BaseStream.WriteAsync(picture, cancellation);
            await _child.StandardInput.BaseStream.FlushAsync(cancellation);
        }
        catch (IOException e)
        {
            await WaitForEndAsync(cancellation);
            throw new IOException(LastWords(), e);
        }
    }

    /// <summary>Writes one frame; kills the child if it does not accept the frame in time.</summary>
    /// <exception cref="IOException">The child has exited, or accepted no data for <paramref name="limit"/>.</exception>
    public async ValueTask WriteWithinAsync(TimeSpan limit, ReadOnlyMemory<byte> picture, TimeProvider time, CancellationToken cancellation, TimeSpan? at = null)
    {
        // A full pipe may block the writing thread.
        var writing = Task.Run(() => WriteAsync(picture, cancellation, at).AsTask(), cancellation);
        try
        {
            await writing.WaitAsync(limit, time, cancellation);
        }
        catch (TimeoutException e)
        {
            _child.Kill();
            await writing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new IOException($"ffmpeg accepted no frame for {limit.TotalSeconds:0} s and was killed", e);
        }
    }

    /// <summary>Ends the input and waits until the file is complete.</summary>
    /// <exception cref="IOException">The child failed; the message contains its last messages.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        try
        {
            _child.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child has exited: its exit code is checked below.
        }

        await WaitForEndAsync(cancellation);
        if (_child.ExitCode != 0)
        {
            throw new IOException(LastWords());
        }
    }

    /// <summary>Kills the child if it still runs, and waits for its exit, so that no zombie remains.</summary>
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
        ? $"ffmpeg exited with code {_child.ExitCode} and no message"
        : $"ffmpeg exited with code {_child.ExitCode}: {string.Join("; ", _tail)}";
}
