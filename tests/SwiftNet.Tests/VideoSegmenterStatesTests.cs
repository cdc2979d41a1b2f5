using SwiftNet.Sights;

namespace SwiftNet.Tests;

/// <summary>An object that leaves the picture and comes back.</summary>
public sealed class VideoSegmenterStatesTests(ShippedModel shipped)
{
    private static readonly MemoryOptions s_everyTwo = new() { Trigger = TriggerKind.Periodic, Interval = 2 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_tracked_lost_and_recovered_and_memory_learns_nothing_meanwhile(bool previousFrame)
    {
        const int Leaves = 4, Returns = Leaves + ObjectSight.LostAfter + 1;
        using var run = new Run(shipped, Clip.Large, s_everyTwo with { PreviousFrame = previousFrame });
        var without = new Clip(320, 192, new Clip.Square(190, 70, -2, -1, 70, 0.1f, 0.2f, 0.85f));
        run.Start();
        for (var t = 1; t < Leaves; t++)
        {
            Assert.Equal(ObjectState.Tracking, Step(run, run.Clip, t).State);
        }

        var memory = Stored(run);
        for (var t = Leaves; t < Returns; t++)
        {
            Assert.Equal(t < Returns - 2 ? ObjectState.Occluded : ObjectState.Lost, Step(run, without, t).State);
            Assert.Equal(memory, Stored(run));
        }

        Assert.DoesNotContain((byte)1, run.Ids);
        for (var t = Returns; t < Returns + ObjectSight.Proof - 1; t++)
        {
            Assert.Equal(ObjectState.Lost, Step(run, run.Clip, t).State);
            Assert.DoesNotContain((byte)1, run.Ids);
        }

        for (var t = Returns + ObjectSight.Proof - 1; t < Returns + 6; t++)
        {
            Assert.Equal(ObjectState.Recovered, Step(run, run.Clip, t).State);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
        }
    }

    private static ObjectConfidence Step(Run run, Clip shown, int t)
    {
        var result = run.Segmenter.Step(new NetworkFrame(shown.Planes(t), shown.Width, shown.Height), run.Ids);
        run.Segmenter.Write();
        Assert.Equal(MaskRefusal.None, result.Objects[0].Refusal);
        return result.Objects[0];
    }

    private static byte[] Stored(Run run)
    {
        var memory = run.Segmenter.State!.Memory.Of(1);
        return [.. memory.MatchedKeys.bytes, .. memory.MatchedValues.bytes, .. memory.Looks.bytes];
    }
}
