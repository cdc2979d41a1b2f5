using System.Diagnostics;
using SwiftNet.Memory;
using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet;

/// <summary>One video's state: follows the objects of a first mask from frame to frame.</summary>
/// <remarks>
/// Not thread-safe; use it from one thread at a time. Order of calls: <see cref="Start"/>, then for every frame
/// <see cref="Step"/>, perhaps <see cref="Add"/>, and <see cref="Write"/>.
/// <para>
/// <see cref="Write"/> may be left out after a step when time is short. A frame that is due then waits with its features and is what the
/// next call writes; of two that are due the earlier is written before the later can wait, so that variation is never lost. With
/// <see cref="MemoryOptions.PreviousFrame"/> on, the frame matched as the previous one is meanwhile an older one: the last that was written.
/// </para>
/// </remarks>
public sealed class VideoSegmenter : IDisposable
{
    /// <summary>Most objects followed at once: ids 1 to 255.</summary>
    public const int MaxObjects = 255;

    // 1 / √32, of the affinity (paper 3.2.3).
    private static readonly Scalar s_keyScale = 1 / Math.Sqrt(KeyValueHead.KeyChannels);

    private readonly SwiftNetModel _model;
    private MemoryOptions _options;
    private readonly VariationTrigger _trigger;
    private Video? _video;
    private Stopwatch _clock = new();
    private PartTimes _times;

    /// <summary>Creates the state of one video; <paramref name="model"/> stays the caller's.</summary>
    public VideoSegmenter(SwiftNetModel model, MemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        _model = model;
        _options = options;
        _trigger = new VariationTrigger(options.FrameThreshold, options.MaskThreshold, options.AreaShare);
    }

    /// <summary>True between <see cref="Start"/> and <see cref="Reset"/>.</summary>
    public bool Started => _video is not null;

    /// <summary>How long the parts of the last step and write took. On CUDA, where work is queued, only their sum tells.</summary>
    public PartTimes Times => _times;

    /// <summary>Memory pixels held for the object that has most, the first frame included, the previous one not.</summary>
    public int MemoryPixels
    {
        get
        {
            var most = 0;
            foreach (var memory in _video?.Memory.Objects ?? [])
            {
                most = Math.Max(most, memory.Stored);
            }

            return most;
        }
    }

    /// <summary>Memory pixels that an object may have, the first frame included, the previous one not; 0 before <see cref="Start"/>.</summary>
    public int MemoryCapacity => _video is { } video ? (int)(_options.CapacityFrames * video.Size.Cells) : 0;

    /// <summary>Memory's bound as it is now, <see cref="MemoryOptions.CapacityFrames"/> until <see cref="ChangeCapacity"/>.</summary>
    public double CapacityFrames => _options.CapacityFrames;

    internal Video? State => _video;

    /// <summary>Shows each step's decoder logits, <c>[N, 2, H/4, W/4]</c>, to whoever compares them.</summary>
    internal Action<torch.Tensor>? LogitsFound { get; set; }

    /// <summary>Begins a video: the objects of <paramref name="mask"/> go whole into memory. The size of the mask is the size of every result.</summary>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public void Start(NetworkFrame frame, IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Reset();
        var ids = mask.DistinctIds();
        if (ids.Length == 0)
        {
            throw new ArgumentException("The mask is empty: it holds no object to follow.", nameof(mask));
        }

        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _video = new Video(new PaddedSize(frame.Width, frame.Height), mask.Width, mask.Height, _options, _model.Layout);
        _video.Keep(_model.Encoder.Forward(_video.Input.Next(frame)));
        _trigger.Reset();
        AddObjects(_video, mask, ids);
    }

    /// <summary>Adds the objects of <paramref name="mask"/> that are not followed yet, on the frame of the last step or start. What memory holds of the others stays as it is.</summary>
    /// <exception cref="ArgumentException">The mask has another size than the first one.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Add(IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var video = WithoutWaiting();
        if (mask.Width != video.Width || mask.Height != video.Height)
        {
            throw new ArgumentException($"The mask is {mask.Width}x{mask.Height}; this video's masks are {video.Width}x{video.Height}.", nameof(mask));
        }

        var ids = Array.FindAll(mask.DistinctIds(), id => !video.Ids.Contains(id));
        if (ids.Length > 0)
        {
            using var mode = torch.inference_mode();
            using var scope = torch.NewDisposeScope();
            AddObjects(video, mask, ids);
        }
    }

    /// <summary>Segments the next frame.</summary>
    /// <param name="frame">The picture, of the size given to <see cref="Start"/>.</param>
    /// <param name="ids">Receives an id a pixel, at the size of the mask given to <see cref="Start"/>.</param>
    /// <exception cref="ArgumentException">The frame or the result has another size.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public StepResult Step(NetworkFrame frame, Span<byte> ids)
    {
        var video = Running();
        video.Check(frame, ids);
        if (video.Due != WriteReason.None)
        {
            WithoutWaiting().PutAside();
        }

        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _clock = Stopwatch.StartNew();

        // (1) The frame, encoded once for all objects; the features stay for the memory write.
        video.Keep(_model.Encoder.Forward(video.Input.Next(frame)));
        var query = _model.QueryHead.Forward(video.Features.R4);
        var (stride8, stride4) = _model.Decoder.Frame(video.Features);
        var encoded = _clock.Elapsed;

        // (2) What memory knows about each pixel.
        var matched = Match(video, query);
        var matchedAt = _clock.Elapsed;

        // (3) From there to each object's probability, at network size.
        var logits = _model.Decoder.Forward(_model.Aspp.Forward(matched), stride8, stride4);
        LogitsFound?.Invoke(logits);
        using var previous = video.Exchange(SoftAggregation.Forward(video.Crop(Labels.UpSample(logits))));
        var varied = _options.Trigger == TriggerKind.Variation
            ? _trigger.Count(video.Input.Current, video.Input.Previous, video.Probabilities, previous)
            : torch.zeros([1], torch.float32, video.Probabilities.device);
        var decoded = _clock.Elapsed;

        // (4) Labels and counts to the host, in one transfer.
        var count = Labels.Fetch(video, varied, ids);
        video.Frame++;
        video.Due = Due(video, count);
        _times = new PartTimes(encoded, matchedAt - encoded, decoded - matchedAt, _clock.Elapsed - decoded, TimeSpan.Zero);
        return new StepResult(video.Frame, video.Confidences, video.Due, (float)_trigger.Share);
    }

    /// <summary>
    /// Takes a frame into memory when the mask is on its way: the one that waits, or that of the last step where it is due or serves the
    /// next step as its previous frame. To be called once after every step, or left out, see the remarks.
    /// </summary>
    /// <returns>What is written, or null.</returns>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public MemoryWrite? Write()
    {
        var video = Running();
        var frame = video.Waiting ?? video.Newest;
        if (frame.Frame == 0 || (frame.Due == WriteReason.None && !_options.PreviousFrame))
        {
            return null;
        }

        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _clock.Restart();

        // (5) From the features of the step: no second backbone.
        var encoded = Encode(video, frame.Features, frame.Probabilities, Video.All(frame.Probabilities));
        var chosen = video.Memory.Update(encoded, frame.Due != WriteReason.None, id => video.IsFirstFrameOf(id, frame.Frame));
        var written = chosen is null ? null : new MemoryWrite(frame.Frame, frame.Due, video.Memory.UpdatePixels, _options.ReportPixels ? Labels.Cells(video, chosen) : null);
        if (video.Waiting is null)
        {
            video.Due = WriteReason.None;
        }

        video.DropWaiting();
        _times = _times with { Write = _times.Write + _clock.Elapsed };
        return written;
    }

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

    /// <summary>Changes <see cref="MemoryOptions.CapacityFrames"/>, also in the middle of a video: of what no longer fits the oldest is forgotten, never a first frame.</summary>
    /// <param name="frames">Frames' worth of pixels, at least 1.</param>
    public void ChangeCapacity(double frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        _options = _options with { CapacityFrames = frames };
        using var mode = torch.inference_mode();
        _video?.ChangeCapacity(_options);
    }

    /// <summary>Changes when frames are due, also in the middle of a video: <see cref="MemoryOptions.FrameThreshold"/>, <see cref="MemoryOptions.MaskThreshold"/> and <see cref="MemoryOptions.AreaShare"/>. What has varied so far counts on.</summary>
    public void ChangeThresholds(double frameThreshold, double maskThreshold, double areaShare)
    {
        _options = _options with { FrameThreshold = frameThreshold, MaskThreshold = maskThreshold, AreaShare = areaShare };
        _trigger.Change(frameThreshold, maskThreshold, areaShare);
    }

    /// <summary>Forgets the video.</summary>
    public void Reset()
    {
        _video?.Dispose();
        _video = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private Video Running() => _video ?? throw new InvalidOperationException("No video was started: call Start first.");

    /// <summary>The video, after what waited has been written.</summary>
    private Video WithoutWaiting()
    {
        var video = Running();
        if (video.Waiting is not null)
        {
            Write();
        }

        return video;
    }

    private void AddObjects(Video video, IdMask mask, byte[] ids)
    {
        var added = video.AtNetworkSize(mask, ids);
        var first = video.AddObjects(ids, added);
        var all = Video.All(video.Probabilities);
        video.Keep(new FirstFrame(ids, video.Input.Current, added, all));
        for (var i = 0; i < ids.Length; i++)
        {
            var at = first[i];
            var frame = Encode(video, video.Features, video.Probabilities.narrow(0, at, 1), all);
            video.Memory.Add(ids[i], frame.Keys[0], frame.Values[0]);
        }
    }

    private KeysValues Encode(Video video, FrameFeatures features, torch.Tensor masks, torch.Tensor? all) =>
        _model.Memorise(features, video.Pad(masks), all is null ? null : video.Pad(all));

    private static torch.Tensor Match(Video video, KeysValues query)
    {
        // Memory read first, then the query's value; laid out pixel by pixel, which is channels-last.
        var objects = video.Memory.Objects;
        var keys = query.Keys[0].mul(s_keyScale);
        var joined = torch.empty([objects.Count, keys.shape[0], 2 * KeyValueHead.ValueChannels], query.Values.dtype, keys.device);
        joined.narrow(2, KeyValueHead.ValueChannels, KeyValueHead.ValueChannels).copy_(query.Values);
        for (var i = 0; i < objects.Count; i++)
        {
            PixelAdaptiveMemory.Read(objects[i], keys, joined[i].narrow(1, 0, KeyValueHead.ValueChannels));
        }

        return joined.view(objects.Count, video.Size.PaddedHeight / PaddedSize.Stride, -1, 2 * KeyValueHead.ValueChannels).permute(0, 3, 1, 2);
    }

    private WriteReason Due(Video video, long varied) => _options.Trigger switch
    {
        TriggerKind.Variation => _trigger.IsDue(varied, (long)video.Size.Width * video.Size.Height) ? WriteReason.Variation : WriteReason.None,
        TriggerKind.Periodic => video.Frame % _options.Interval == 0 ? WriteReason.Periodic : WriteReason.None,
        _ => WriteReason.None,
    };
}
