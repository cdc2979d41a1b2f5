using System.Text.Json;
using System.Threading.Channels;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Clips;

/// <summary>Writes one clip: pictures and facts at once, then the video while its pictures arrive. Its encoder never delays the
/// caller.</summary>
internal sealed class ClipWriter
{
    // Enough to see what happened; a flickering object could add thousands.
    private const int MaxEvents = 100;
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(30);
    private readonly CameraClips _clips;
    private readonly ClipsOptions _options;
    private readonly TimeProvider _time;
    private readonly FrameShape _shape;
    private readonly TimeSpan _start;
    private readonly List<ClipEvent> _events;
    private readonly DateTimeOffset _starts;
    private readonly Channel<ClipPicture> _queue = Channel.CreateUnbounded<ClipPicture>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Task _writing;
    private long _waiting;

    /// <summary>Begins a clip.</summary>
    /// <param name="clips">The camera's clips.</param>
    /// <param name="options">Length and memory.</param>
    /// <param name="before">The pictures before the event and that of the event, oldest first.</param>
    /// <param name="first">The frame of the event.</param>
    /// <param name="frameRate">The source's frames per second.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the writing at once; the next start removes what is incomplete.</param>
    public ClipWriter(
        CameraClips clips,
        ClipsOptions options,
        IReadOnlyCollection<ClipPicture> before,
        ClipFrame first,
        double frameRate,
        TimeProvider time,
        CancellationToken stop)
    {
        (_clips, _options, _time, _shape) = (clips, options, time, first.Overlay.Shape);
        (_start, _starts) = (before.First().At, before.First().Time);
        _events = [.. first.Events.Take(MaxEvents)];
        Until = UntilAfter(first.Overlay.MediaTime);
        foreach (var picture in before)
        {
            Add(picture);
        }

        // Encoded here: the frame is the caller's.
        (string, byte[])[] pictures = [(ClipFiles.Snapshot, before.Last().Jpeg), .. first.Details()];
        _writing = Task.Run(() => WriteAsync(pictures, frameRate, stop), CancellationToken.None);
    }

    /// <summary>Media time of the end.</summary>
    public TimeSpan Until { get; private set; }

    /// <summary>Adds events, which extend the clip.</summary>
    public void Extend(ClipFrame frame)
    {
        lock (_events)
        {
            _events.AddRange(frame.Events.Take(MaxEvents - _events.Count));
        }

        Until = UntilAfter(frame.Overlay.MediaTime);
    }

    /// <summary>Adds a picture; false if too many wait for the encoder and it is left out.</summary>
    public bool Add(ClipPicture picture)
    {
        if (Interlocked.Read(ref _waiting) > (long)_options.MemoryMegabytes << 20)
        {
            return false;
        }

        Interlocked.Add(ref _waiting, picture.Jpeg.Length);
        return _queue.Writer.TryWrite(picture);
    }

    /// <summary>Ends the clip; completes when it has its final name.</summary>
    /// <exception cref="IOException">The clip or its video could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public Task EndAsync()
    {
        _queue.Writer.TryComplete();
        return _writing;
    }

    private TimeSpan UntilAfter(TimeSpan at)
    {
        var (wanted, most) = (at + TimeSpan.FromSeconds(_options.PostSeconds), _start + TimeSpan.FromSeconds(_options.MaxSeconds));
        return wanted < most ? wanted : most;
    }

    private async Task WriteAsync((string File, byte[] Jpeg)[] pictures, double frameRate, CancellationToken stop)
    {
        var folder = _clips.Create(_events[0].Time);
        try
        {
            // The facts first: a folder without them is no clip.
            WriteFacts(folder, TimeSpan.Zero);
            foreach (var (file, jpeg) in pictures)
            {
                PartFile.Beside(Path.Combine(folder.PartPath, file)).Write(to => to.Write(jpeg));
            }

            var (length, failure) = await WriteVideoAsync(folder, frameRate, stop);
            WriteFacts(folder, length);
            _clips.Keep(folder);
            if (failure is not null)
            {
                throw new IOException($"a clip has no video: {failure.Message}", failure);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException && Directory.Exists(folder.PartPath))
        {
            Discard(folder);
            throw;
        }
    }

    // Without a video the clip still has its pictures.
    private async Task<(TimeSpan Length, IOException? Failure)> WriteVideoAsync(PartFile folder, double frameRate, CancellationToken stop)
    {
        var video = PartFile.BesideWithExtension(Path.Combine(folder.PartPath, ClipFiles.Video));
        var clock = new EncoderClock(_start, frameRate);
        try
        {
            var target = EncoderTarget.Mp4(video.PartPath);
            await using var encoder = FfmpegEncoder.Start(ExecutablePath.Find("ffmpeg"), target, _shape, frameRate, EncoderInput.TimedJpeg);
            await foreach (var picture in _queue.Reader.ReadAllAsync(stop))
            {
                await encoder.WriteWithinAsync(s_stall, picture.Jpeg, _time, stop, clock.Next(picture.At));
                Interlocked.Add(ref _waiting, -picture.Jpeg.Length);
            }

            await encoder.FinishAsync(stop);
            video.Commit();
            return (clock.Length, null);
        }
        catch (IOException e)
        {
            video.Discard();
            await foreach (var picture in _queue.Reader.ReadAllAsync(stop))
            {
                Interlocked.Add(ref _waiting, -picture.Jpeg.Length);
            }

            return (TimeSpan.Zero, e);
        }
    }

    private void WriteFacts(PartFile folder, TimeSpan length)
    {
        ClipFacts facts;
        lock (_events)
        {
            facts = new ClipFacts(
                Path.GetFileName(folder.Path),
                _clips.Camera,
                _starts,
                Math.Round(length.TotalSeconds, 3),
                _shape.Width,
                _shape.Height,
                [.. _events],
                ClipFiles.In(folder.PartPath));
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(facts, ClipJson.Default.ClipFacts);
        PartFile.Beside(Path.Combine(folder.PartPath, ClipFiles.Facts)).Write(to => to.Write(json));
    }

    private static void Discard(PartFile folder)
    {
        try
        {
            Directory.Delete(folder.PartPath, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }
}
