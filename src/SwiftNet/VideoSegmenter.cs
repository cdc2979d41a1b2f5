using System.Diagnostics;
using SwiftNet.Memory;
using SwiftNet.Network;
using SwiftNet.Sights;
using TorchSharp;

namespace SwiftNet;

/// <summary>One video's state: follows the objects of a first mask from frame to frame.</summary>
/// <remarks>
/// Not thread-safe; use it from one thread at a time. Order of calls: <see cref="Start"/>, or <see cref="Adopt"/> of one that was started,
/// then for every frame <see cref="Step"/>, perhaps <see cref="Add"/>, and <see cref="Write"/>. What changes the objects may be called
/// between any two of them, and touches the memory of no object but the one it names.
/// <para>
/// <see cref="Write"/> may be left out after a step when time is short. A frame that is due then waits with its features and is what the
/// next call writes; of two that are due the earlier is written before the later can wait, so that variation is never lost. With
/// <see cref="MemoryOptions.PreviousFrame"/> on, the frame matched as the previous one is meanwhile an older one: the last that was
/// written.
/// </para>
/// </remarks>
public sealed partial class VideoSegmenter : IDisposable
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
        _trigger = new VariationTrigger(options.FrameThreshold, options.MaskThreshold, options.WriteAreaThreshold);
    }

    /// <summary>True between <see cref="Start"/> (or <see cref="Adopt"/>) and <see cref="Reset"/>, also when every object has been
    /// removed.</summary>
    public bool Started => _video is not null;

    /// <summary>How long the parts of the last step and write took. On CUDA, where work is queued, only their sum is meaningful.</summary>
    public PartTimes Times => _times;

    /// <summary>Memory pixels held for the object that has most, the first frame and trusted references included, the previous frame
    /// not.</summary>
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

    /// <summary>Memory pixels that an object may have, the first frame included, trusted references and the previous frame not; 0 before
    /// <see cref="Start"/>.</summary>
    public int MemoryCapacity => _video is { } video ? (int)(_options.CapacityFrames * video.Size.Cells) : 0;

    /// <summary>Memory's bound as it is now, <see cref="MemoryOptions.CapacityFrames"/> until <see cref="ChangeCapacity"/>.</summary>
    public double CapacityFrames => _options.CapacityFrames;

    internal Video? State => _video;

    /// <summary>Shows each step's decoder logits, <c>[N, 2, H/4, W/4]</c>, to code that compares them.</summary>
    internal Action<torch.Tensor>? LogitsFound { get; set; }

    /// <summary>Leaves every mask as the network finds it: for comparisons of its numbers or its speed, on pictures of a few cells or
    /// made-up ones.</summary>
    internal bool BelievesAll { get; set; }

    /// <summary>Selects by number the frames that are due, in place of the trigger: for comparisons of the trigger with chance.</summary>
    internal Func<long, bool>? Schedule { get; set; }

    /// <summary>Begins a video: the objects of <paramref name="mask"/> go whole into memory. The size of the mask is the size of every
    /// result.</summary>
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
        _trigger.Begin((long)_video.Size.Width * _video.Size.Height);
        AddObjects(_video, mask, ids);
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

        if (video.Objects.Active.Length == 0)
        {
            return Pass(video, frame, ids);
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
        var bar = BelievesAll ? null : Surroundings.Bar(video, _options.SearchRadius);
        video.Trust(bar is null ? null : Surroundings.Certain(logits, bar));
        using var previous = video.Exchange(SoftAggregation.Forward(video.Crop(Labels.UpSample(logits, bar))));
        var varied = _options.Trigger == TriggerKind.Variation
            ? _trigger.Count(video.Input.Current, video.Input.Previous, video.Probabilities, previous)
            : torch.zeros([1], torch.float32, video.Probabilities.device);
        var decoded = _clock.Elapsed;

        // (4) Labels and counts to the host, in one transfer.
        var count = Labels.Fetch(video, varied, ids);
        video.Frame++;
        MeasureBoxes(video, ids);
        Judge(video, ids);
        video.Due = Due(video, count);
        video.Unwritten = true;
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
        if (video.Waiting is null && (!video.Unwritten || (frame.Due == WriteReason.None && !_options.PreviousFrame)))
        {
            return null;
        }

        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _clock.Restart();

        // (5) From the features of the step: no second backbone.
        var written = Take(video, frame, video.Objects.WrittenOn(frame));
        if (video.Waiting is null)
        {
            (video.Due, video.Unwritten) = (WriteReason.None, false);
        }

        video.DropWaiting();
        _times = _times with { Write = _times.Write + _clock.Elapsed };
        return written;
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

    /// <summary>What is made of each object's mask: one that is not believed is neither shown nor written to memory.</summary>
    private void Judge(Video video, Span<byte> ids)
    {
        for (var i = 0; i < video.Ids.Length; i++)
        {
            var (id, sighting) = (video.Ids[i], video.Sightings[i]);
            var followed = video.Objects.Find(id)!;
            var sight = followed.Sight;
            if (!BelievesAll)
            {
                sight.See(sighting);
            }

            if (sight.IsWritten)
            {
                video.Memory.Of(id).FollowLook(video.Looks[i]);
            }
            else
            {
                followed.Since = video.Frame;
            }

            if (!sight.IsShown)
            {
                ids.Replace(id, (byte)0);
            }

            video.Confidences[i] = new ObjectConfidence(id, (float)sighting.Confidence) { State = sight.State, Refusal = sight.Refusal };
        }
    }

    /// <summary>A step with nothing to follow: the frame alone is kept, so that objects can be added on it.</summary>
    private StepResult Pass(Video video, NetworkFrame frame, Span<byte> ids)
    {
        using var mode = torch.inference_mode();
        video.Input.Next(frame);
        video.Keep(default(FrameFeatures));
        ids.Clear();
        video.Frame++;
        _times = default;
        return new StepResult(video.Frame, [], WriteReason.None, (float)_trigger.Share);
    }

    /// <summary>Takes a frame into the memory of some of its objects.</summary>
    private MemoryWrite? Take(Video video, UnwrittenFrame frame, byte[] ids)
    {
        if (ids.Length == 0)
        {
            return null;
        }

        var masks = ReferenceEquals(ids, frame.Masks.Ids) ? frame.Masks : frame.Masks.Only(ids);
        var padded = video.Pad(masks.Maps);
        var encoded = Encode(video, frame.Features, padded, SoftMasks.All(frame.Masks.Maps));
        var covered = _options.PreviousFrame ? Looks.Cells(padded) : null;
        var chosen = video.Memory.Update(encoded, frame.Due != WriteReason.None, ids, covered, frame.CertainOf(ids));
        return chosen is null
            ? null
            : new MemoryWrite(
                frame.Frame, frame.Due, video.Memory.UpdatePixels, _options.ReportPixels ? Labels.Cells(video, chosen) : null);
    }

    private KeysValues Encode(Video video, FrameFeatures features, torch.Tensor padded, torch.Tensor? all) =>
        _model.Memorise(features, padded, all is null ? null : video.Pad(all));

    private static torch.Tensor Match(Video video, KeysValues query)
    {
        // Memory read first, then the query's value; laid out pixel by pixel, which is channels-last.
        var active = video.Objects.Active;
        var keys = query.Keys[0].mul(s_keyScale);
        var joined = torch.empty([active.Length, keys.shape[0], 2 * KeyValueHead.ValueChannels], query.Values.dtype, keys.device);
        joined.narrow(2, KeyValueHead.ValueChannels, KeyValueHead.ValueChannels).copy_(query.Values);
        for (var i = 0; i < active.Length; i++)
        {
            video.Memory.Read(
                video.Memory.Of(active[i]),
                keys,
                joined[i].narrow(1, 0, KeyValueHead.ValueChannels),
                handicap: video.Objects.Find(active[i])!.Sight.History.Unseen == 0);
        }

        return joined
            .view(active.Length, video.Size.PaddedHeight / PaddedSize.Stride, -1, 2 * KeyValueHead.ValueChannels)
            .permute(0, 3, 1, 2);
    }

    // P_th grows as the window gets smaller (with the fourth root of its share of the frame): a window shows what moves, so that a larger
    // share of its pixels varies than of the whole frame's.
    private long VariedArea(Video video)
    {
        var area = (double)video.Size.Width * video.Size.Height;
        var share = (double)Window.Width * Window.Height / ((double)Window.FrameWidth * Window.FrameHeight);
        return (long)(area * Math.Pow(share, -0.25));
    }

    private WriteReason Due(Video video, long varied) => _options.Trigger switch
    {
        _ when Schedule is { } schedule => schedule(video.Frame) ? WriteReason.Periodic : WriteReason.None,
        TriggerKind.Variation => _trigger.IsDue(varied, VariedArea(video)) ? WriteReason.Variation : WriteReason.None,
        TriggerKind.Periodic => video.Frame % _options.Interval == 0 ? WriteReason.Periodic : WriteReason.None,
        _ => WriteReason.None,
    };
}
