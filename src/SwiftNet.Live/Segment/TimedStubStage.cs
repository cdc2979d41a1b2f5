using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>Stands in for the segment stage where a fleet is measured: takes the device for a while and hands on the mask that it began
/// with. Everything around it is real.</summary>
/// <param name="work">What a frame takes.</param>
/// <param name="settings">The camera's.</param>
/// <param name="network">The device, which is taken in turns.</param>
/// <param name="snapshots">What it goes on from, and where it leaves what it follows.</param>
/// <param name="time">The clock.</param>
/// <param name="queues">The ways of its frames.</param>
/// <param name="run">The camera's run.</param>
internal sealed class TimedStubStage(
    TimeSpan work,
    Settings settings,
    SharedNetwork network,
    CameraSnapshots snapshots,
    TimeProvider time,
    PipelineQueues queues,
    PipelineRun run)
    : Stage("segment", queues.Prepared, queues.Segmented, run)
{
    private readonly ObjectPrompts _prompts = ObjectPrompts.Parse(
        settings.Objects.Mask, settings.Objects.Boxes, settings.Objects.Polygons, settings.Objects.Points);
    private ObjectSnapshot? _followed;

    /// <summary>Puts it in the segment stage's place.</summary>
    public static void StandIn(IServiceCollection parts, TimeSpan work)
    {
        var real = parts.Single(part => part.ImplementationType == typeof(SegmentStage));
        parts[parts.IndexOf(real)] = ServiceDescriptor.Singleton<IHostedService>(
            of => ActivatorUtilities.CreateInstance<TimedStubStage>(of, work));
    }

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        frame.Planes?.Dispose();
        frame.Planes = null;
        using (network.Take())
        {
            Thread.Sleep(work);
        }

        Run.Parts.Encode.Add(work);
        Follow(frame);
        var age = time.GetElapsedTime(frame.CapturedAt);
        Run.CaptureToMask.Add(age);
        if (_followed is { } followed)
        {
            var ids = PooledArray<byte>.Rent(frame.Width * frame.Height);
            followed.Ids.CopyTo(ids.Array, 0);
            frame.Mask = new FrameMask
            {
                Ids = ids,
                Region = MaskRegion.Whole(frame.Width, frame.Height),
                Objects = [.. followed.Objects.Select(o => new ObjectConfidence(o.Id, 1))],
                Age = age,
                CapturedAt = frame.CapturedAt,
                Write = WriteReason.None,
            };
        }
    }

    /// <inheritdoc/>
    protected override void AfterFrame()
    {
        if (snapshots.IsAsked && _followed is { } followed)
        {
            snapshots.Put(followed.Write());
        }
    }

    /// <inheritdoc/>
    protected override void Complete()
    {
        if (_followed is { } followed)
        {
            snapshots.Put(followed.Write());
        }
    }

    private void Follow(Frame frame)
    {
        if (_followed is { } followed)
        {
            _followed = followed with { Frame = frame.Number };
            return;
        }

        var mask = snapshots.Resume is { } bytes ? ObjectSnapshot.Read(bytes).At(frame.Width, frame.Height)
            : !_prompts.IsEmpty ? FirstMask.Create(frame.Pixels.Array, frame.Width, frame.Height, _prompts)
            : null;
        if (mask is not null)
        {
            _followed = ObjectSnapshot.Of(
                frame.Number, frame.Width, frame.Height, mask.Ids.Where(id => id > 0).Distinct().Order(), mask.Ids);
            snapshots.Changed?.Invoke();
        }
    }
}
