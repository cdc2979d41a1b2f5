using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet;

/// <content>What may change in the middle of a video besides its objects: sizes, memory's capacity, thresholds.</content>
public sealed partial class VideoSegmenter
{
    /// <summary>
    /// From now on frames or results have another size; the objects are followed on. Their first frames are encoded again at the new
    /// size, and the frame of the last step with its masks, so that an object that has changed its looks since is not lost.
    /// </summary>
    /// <remarks>
    /// Costs an encoding for every frame that objects were given on, and one for the last step's. Where the frames' aspect changes, what is
    /// kept is fitted inside, with zeros around it. To be called between a step with its write and the next step.
    /// </remarks>
    /// <param name="networkWidth">Columns of the frames to come, in pixels.</param>
    /// <param name="networkHeight">Rows of the frames to come.</param>
    /// <param name="width">Columns of the results to come.</param>
    /// <param name="height">Rows of the results to come.</param>
    /// <returns>Whether anything has changed; with the sizes of the video nothing does.</returns>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public bool Resize(int networkWidth, int networkHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(networkWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(networkHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var (video, size) = (Running(), new PaddedSize(networkWidth, networkHeight));
        if (size == video.Size)
        {
            var changes = width != video.Width || height != video.Height;
            video.ChangeResults(width, height);
            return changes;
        }

        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        WithoutWaiting();
        _video = Resizing.Move(video, _model, size, width, height, _options);
        _trigger.Resize((long)video.Size.Width * video.Size.Height, (long)size.Width * size.Height);
        return true;
    }

    /// <summary>Changes <see cref="MemoryOptions.CapacityFrames"/>, also in the middle of a video: of what no longer fits the oldest is
    /// forgotten, never a first frame.</summary>
    /// <param name="frames">Frames' worth of pixels, at least 1.</param>
    public void ChangeCapacity(double frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        _options = _options with { CapacityFrames = frames };
        using var mode = torch.inference_mode();
        _video?.ChangeCapacity(_options);
    }

    /// <summary>Changes when frames are due, also in the middle of a video: <see cref="MemoryOptions.FrameThreshold"/>,
    /// <see cref="MemoryOptions.MaskThreshold"/> and <see cref="MemoryOptions.WriteAreaThreshold"/>. What has varied so far counts
    /// on.</summary>
    public void ChangeThresholds(double frameThreshold, double maskThreshold, double areaShare)
    {
        _options = _options with { FrameThreshold = frameThreshold, MaskThreshold = maskThreshold, WriteAreaThreshold = areaShare };
        _trigger.Change(frameThreshold, maskThreshold, areaShare);
    }
}
