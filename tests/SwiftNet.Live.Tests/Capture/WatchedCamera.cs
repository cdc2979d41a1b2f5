using System.Collections.Concurrent;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>A camera that a thread of its own reads, as the capture stage does, with all that is seen of it.</summary>
internal sealed class WatchedCamera : IDisposable
{
    // Long: for a loaded machine. Nothing that works waits for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly CancellationTokenSource _stop = new();
    private readonly ReconnectingSource _source;
    private readonly Task _reading;

    public WatchedCamera(CaptureOptions options, TimeProvider? time = null, Backoff? waits = null)
    {
        time ??= TimeProvider.System;
        var address = new SourceAddress(options.Source);
        ICameraInput input = address.Kind == "v4l2" ? new DeviceInput(address) : new NetworkInput(options.Source, options, time);
        _source = new ReconnectingSource(
            input, options, time, Log, waits ?? new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)));
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public WatchedCamera(string source)
        : this(new CaptureOptions { Source = source })
    {
    }

    /// <summary>One that is not taken for lost while a loaded machine leaves its server without time.</summary>
    public static WatchedCamera Patient(string source) =>
        new(new CaptureOptions { Source = source, StallSeconds = 120, OpenSeconds = 120 });

    public ReconnectingSource Source => _source;

    public SourceStatus Status => _source.Status;

    public LogLines Log { get; } = new();

    /// <summary>The frames' numbers, sizes and the numbers in their pixels.</summary>
    public ConcurrentQueue<(long Number, int Width, int Height, long? Code)> Frames { get; } = new();

    public int CountOf(int width, int height) => Frames.Count(f => (f.Width, f.Height) == (width, height));

    public void WaitUntil(Func<bool> done)
    {
        Assert.True(
            SpinWait.SpinUntil(() => _reading.IsCompleted || done(), s_patience),
            $"Nothing came of it: {Status}, {Frames.Count} frames, log:\n{string.Join('\n', Log.All.TakeLast(40))}");
        Assert.False(_reading.IsFaulted, $"{_reading.Exception}");
    }

    /// <summary>Stops reading, as the service does when it ends.</summary>
    public void Stop()
    {
        _stop.Cancel();
        Assert.True(_reading.Wait(s_patience), $"It did not stop: {Status}");
    }

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_reading.Wait(s_patience), $"It did not stop: {Status}");
        _source.Dispose();
        _stop.Dispose();
    }

    private void Read()
    {
        try
        {
            while (true)
            {
                using var frame = _source.Read(_stop.Token)!;
                Frames.Enqueue(
                    (frame.Number, frame.Width, frame.Height, FrameNumberCode.Read(frame.Pixels.Array, frame.Width, frame.Height)));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
