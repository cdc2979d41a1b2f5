using OpenCvSharp;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Preview;

/// <summary>The newest overlay as JPEG for viewers. Encoded only on demand: without viewers it costs nothing, and a slow viewer requests
/// fewer pictures.</summary>
internal sealed class MjpegPreview : IFrameSink
{
    private const int MaxWidth = 960;
    private static readonly ImageEncodingParam s_quality = new(ImwriteFlags.JpegQuality, 80);
    private readonly Lock _lock = new();
    private readonly Mat _small = new();
    private TaskCompletionSource<PreviewPicture?>? _wanted;
    private bool _ended;

    /// <inheritdoc/>
    public string Name => "preview";

    /// <inheritdoc/>
    public bool ShowsPictures => true;

    /// <summary>Waits for the next picture; null at the end.</summary>
    public Task<PreviewPicture?> NextAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return Task.FromResult<PreviewPicture?>(null);
            }

            _wanted ??= new TaskCompletionSource<PreviewPicture?>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _wanted.Task.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_wanted is null)
            {
                return ValueTask.CompletedTask;
            }
        }

        Hand(new PreviewPicture(frame.Number, frame.CapturedTime, Encode(frame.Width, frame.Height, overlay)));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        End();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        End();
        _small.Dispose();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        lock (_lock)
        {
            _ended = true;
        }

        Hand(null);
    }

    private void Hand(PreviewPicture? picture)
    {
        TaskCompletionSource<PreviewPicture?>? wanted;
        lock (_lock)
        {
            (wanted, _wanted) = (_wanted, null);
        }

        wanted?.SetResult(picture);
    }

    private unsafe byte[] Encode(int width, int height, ReadOnlyMemory<byte> overlay)
    {
        try
        {
            using var pinned = overlay.Pin();
            using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, (nint)pinned.Pointer);
            if (width <= MaxWidth)
            {
                return picture.ImEncode(".jpg", s_quality);
            }

            Cv2.Resize(picture, _small, new Size(MaxWidth, Math.Max(1, height * MaxWidth / width)), interpolation: InterpolationFlags.Area);
            return _small.ImEncode(".jpg", s_quality);
        }
        catch (OpenCVException e)
        {
            throw new IOException($"the preview could not be encoded: {e.Message}", e);
        }
    }
}
