using SwiftNet.Imaging.Scoring;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Live.Commands.Eval.Sweep;

namespace SwiftNet.Live.Tests.Commands.Eval.Sweep;

public sealed class TriggerPairTests
{
    [Fact]
    public void A_pair_has_the_mean_of_previous_frame_on_and_off_and_of_all_draws_of_chance()
    {
        var settings = new TriggerSweep(new MemoryOptions(), new TriggerGrid([0.6], [0.3], [1], Draws: 2)).Settings;

        var pairs = TriggerPair.Of([.. settings.Select((setting, i) => Row(setting, 0.5 + (0.01 * i), 3))]);

        Assert.Equal(["no writes", "every 5 frames", "th_f 0.6 th_m 0.3 P_th 1"], pairs.Select(p => p.Name));
        Assert.Null(pairs[0].OverChance);

        // In order: trigger, two draws, the same with the previous frame off.
        Assert.Equal((54.0 + 57) / 2, pairs[2].Score, 6);
        Assert.Equal(55.5, pairs[2].ChanceOn!.Value, 6);
        Assert.Equal(58.5, pairs[2].ChanceOff!.Value, 6);
        Assert.Equal(-1.5, pairs[2].OverChance!.Value, 6);
    }

    [Fact]
    public void The_best_has_the_highest_score_to_a_tenth_and_writes_least()
    {
        var pairs = TriggerPair.Of(
        [
            .. SweepSetting.OnAndOff("every 5 frames", new MemoryOptions { Trigger = TriggerKind.Periodic }).Select(s => Row(s, 0.9, 0)),
            .. Trigger("often", 0.8004, 9), .. Trigger("seldom", 0.8, 2), .. Trigger("worse", 0.798, 1),
        ]);

        Assert.Equal("seldom", TriggerPair.Best(pairs)!.Name);
        Assert.Null(TriggerPair.Best(pairs.Take(1)));
    }

    private static IEnumerable<SweepRow> Trigger(string name, double score, int writes) =>
        SweepSetting.OnAndOff(name, new MemoryOptions { WriteAreaThreshold = score }).Select(setting => Row(setting, score, writes));

    private static SweepRow Row(SweepSetting setting, double score, int writes)
    {
        var scores = new ObjectScores(1, 0.1);
        scores.Region.Add(score);
        scores.Boundary.Add(score);
        return new SweepRow(setting, [new SequenceResult("walk", 11, writes, TimeSpan.FromSeconds(1), [scores])]);
    }
}
