using SwiftNet.Live.Options;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>What the budget decides on made sequences of frame times, in milliseconds; the limit is 40.</summary>
public sealed class FrameBudgetTests
{
    private static readonly BudgetLadder s_ladder = new([1, 0.8, 0.65, 0.5], [2, 1.5]);

    [Fact]
    public void Frames_within_the_limit_change_nothing()
    {
        var budget = Budget(40, s_ladder);

        Assert.Empty(Run(budget, 10_000, _ => 39));
        Assert.Equal((0, 1.0, 2.0), (budget.Level, budget.Scale, budget.Capacity));
        Assert.Equal(39, budget.Average, 6);
    }

    [Fact]
    public void Five_per_cent_too_much_changes_nothing() => Assert.Empty(Run(Budget(40, s_ladder), 10_000, _ => 42));

    [Fact]
    public void A_hiccup_changes_nothing() => Assert.Empty(Run(Budget(40, s_ladder), 1000, t => t % 100 < 10 ? 400 : 30));

    [Theory]
    [InlineData(50, 30)]
    [InlineData(50, 0)]
    [InlineData(20, 100)]
    [InlineData(1, 5000)]
    public void Fifty_frames_or_two_seconds_of_work_do_not_count(int frames, double milliseconds)
    {
        var budget = new FrameBudget(40, s_ladder);
        Assert.Empty(Run(budget, frames + 9, t => t < frames ? milliseconds : 35));
        Assert.Equal(0, budget.Average);

        Run(budget, 1, _ => 35);
        Assert.Equal(35, budget.Average, 6);
    }

    [Fact]
    public void Averages_are_of_ten_frames()
    {
        var budget = Budget(40, s_ladder);
        Run(budget, 9, _ => 100);
        Assert.Equal(0, budget.Average);
        Run(budget, 1, _ => 0);
        Assert.Equal(90, budget.Average, 6);
    }

    [Fact]
    public void A_persistent_excess_steps_down_after_forty_frames_and_then_holds()
    {
        var budget = Budget(40, s_ladder);

        var (at, decision) = Assert.Single(Run(budget, 60, _ => 60 * Area(budget)));

        Assert.Equal(39, at);
        Assert.Equal(new BudgetDecision(BudgetMeasure.Size, Down: true, decision.Milliseconds), decision);
        Assert.Equal(60, decision.Milliseconds, 6);
        Assert.Equal((1, 0.8), (budget.Level, budget.Scale));

        // 38.4 ms fits, and 60 above does not: nothing more ever happens.
        Assert.Empty(Run(budget, 100_000, _ => 60 * Area(budget)));
    }

    [Fact]
    public void Twice_the_limit_steps_down_after_twenty_frames() =>
        Assert.Equal(19, Run(Budget(40, s_ladder), 20, _ => 100).Single().Frame);

    [Fact]
    public void Where_nothing_helps_it_goes_to_the_lowest_level_and_stays_there()
    {
        var budget = Budget(1, s_ladder);

        var decisions = Run(budget, 10_000, _ => 50);

        Assert.Equal(
            [BudgetMeasure.Size, BudgetMeasure.Size, BudgetMeasure.Size, BudgetMeasure.Capacity],
            decisions.Select(d => d.Decision.Measure));
        Assert.All(decisions, d => Assert.True(d.Decision.Down));
        Assert.Equal((4, 4, 0.5, 1.5), (budget.Level, budget.LowestLevel, budget.Scale, budget.Capacity));
    }

    [Fact]
    public void Memory_goes_first_where_reading_it_is_what_takes_the_time()
    {
        var budget = Budget(40, new BudgetLadder([1, 0.8], [20, 10, 5]));

        var (_, decision) = Run(budget, 40, _ => 50, _ => 30).Single();

        Assert.Equal(BudgetMeasure.Capacity, decision.Measure);
        Assert.Equal((1.0, 10.0), (budget.Scale, budget.Capacity));
    }

    [Fact]
    public void When_the_load_is_gone_it_steps_up_again_the_last_step_first()
    {
        var budget = Budget(40, s_ladder);
        Run(budget, 200, _ => 400);
        Assert.Equal(4, budget.Level);

        var ups = Run(budget, 1000, _ => 20 * Area(budget));

        Assert.Equal(
            [BudgetMeasure.Capacity, BudgetMeasure.Size, BudgetMeasure.Size, BudgetMeasure.Size], ups.Select(d => d.Decision.Measure));
        Assert.All(ups, d => Assert.False(d.Decision.Down));
        Assert.Equal((0, 1.0, 2.0), (budget.Level, budget.Scale, budget.Capacity));
    }

    [Fact]
    public void It_steps_up_only_where_the_larger_size_is_expected_to_fit()
    {
        var budget = Budget(40, new BudgetLadder([1, 0.5], [2]));
        Run(budget, 20, _ => 100);

        // Four times 11.1 are 44.4, which would be a miss.
        Assert.Empty(Run(budget, 5000, _ => 11.1));
        var up = Run(budget, 200, _ => 10.9).Single().Decision;
        Assert.Equal(43.6, up.Milliseconds, 6);
    }

    [Fact]
    public void What_matching_takes_grows_with_the_square_of_the_area()
    {
        var budget = Budget(40, new BudgetLadder([1, 0.5], [2]));
        Run(budget, 20, _ => 100);

        // 4 · 4 + 16 · 2.
        Assert.Empty(Run(budget, 5000, _ => 6, _ => 2));
    }

    [Fact]
    public void Attempts_that_fail_become_ever_rarer()
    {
        // Above, frames take twice what the smaller size lets expect.
        var budget = Budget(40, new BudgetLadder([1, 0.8], [2]));

        var decisions = Run(budget, 100_000, _ => budget.Level == 0 ? 60 : 20);

        var ups = decisions.Where(d => !d.Decision.Down).Select(d => d.Frame).ToArray();
        Assert.InRange(ups.Length, 5, 11);
        Assert.Equal(ups.Length + 1, decisions.Count(d => d.Decision.Down));
        var gaps = ups.Zip(ups.Skip(1), (a, b) => b - a).ToArray();
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.InRange((double)pair.Second / pair.First, 1.5, 2.5));
    }

    [Fact]
    public void An_attempt_that_held_for_long_counts_as_a_success()
    {
        var budget = Budget(40, new BudgetLadder([1, 0.8], [2]));
        Run(budget, 40, _ => 60);
        Assert.Single(Run(budget, 120, _ => 20));
        Assert.Empty(Run(budget, 5000, _ => 30));
        Run(budget, 40, _ => 60);

        // The quiet before the next attempt is the first one again: 100 frames after the 10 that are left out.
        Assert.Equal(109, Assert.Single(Run(budget, 120, _ => 20)).Frame);
    }

    [Fact]
    public void The_size_stops_where_an_object_would_get_too_small_and_memory_still_gives_way()
    {
        var budget = Budget(40, s_ladder);
        budget.LeastScale = 0.7;

        var decisions = Run(budget, 10_000, _ => 100);

        Assert.Equal([BudgetMeasure.Size, BudgetMeasure.Capacity], decisions.Select(d => d.Decision.Measure));
        Assert.Equal((2, 0.8, 1.5), (budget.Level, budget.Scale, budget.Capacity));
        Assert.True(budget.IsHeldByObjects);
        Assert.True(budget.IsTooSlow);
    }

    [Theory]
    [InlineData(30, 0, 1)]
    [InlineData(43, 0, 1)]
    [InlineData(60, 1, 0.8)]
    [InlineData(1000, 1, 0.8)]
    public void It_begins_where_the_expected_time_fits_but_gives_up_no_more_than_a_slow_machine_does(
        double expected, int level, double scale)
    {
        var budget = new FrameBudget(40, s_ladder, measured: true);

        Assert.Equal(level > 0, budget.Begin(expected) is { Down: true, Measure: BudgetMeasure.Size });
        Assert.Equal((level, scale), (budget.Level, budget.Scale));
    }

    [Fact]
    public void A_beginning_below_the_top_goes_up_where_frames_take_less_than_expected()
    {
        var budget = new FrameBudget(40, s_ladder, measured: true);
        budget.Begin(60);

        Assert.False(Assert.Single(Run(budget, 10_000, _ => 20 * Area(budget))).Decision.Down);
        Assert.Equal((0, 1.0), (budget.Level, budget.Scale));
    }

    [Fact]
    public void A_size_that_windows_do_not_need_anyway_is_passed_over()
    {
        var budget = Budget(40, s_ladder);
        budget.UsedShare = 0.5;

        var decision = Run(budget, 40, _ => 100)[0].Decision;

        Assert.Equal((BudgetMeasure.Size, true), (decision.Measure, decision.Down));
        Assert.Equal((2, 0.65), (budget.Level, budget.Scale));
    }

    [Fact]
    public void Where_no_size_leaves_less_than_the_windows_need_memory_gives_way_and_then_frames()
    {
        var budget = Budget(40, s_ladder);
        budget.UsedShare = 0.2;

        Assert.Equal(BudgetMeasure.Capacity, Assert.Single(Run(budget, 10_000, _ => 100)).Decision.Measure);
        Assert.Equal((1.0, 1.5), (budget.Scale, budget.Capacity));
        Assert.True(budget.IsTooSlow);
        Assert.False(budget.IsHeldByObjects);
    }

    [Fact]
    public void An_object_that_gets_smaller_takes_the_size_up_again_and_it_stays_there()
    {
        var budget = Budget(40, s_ladder);
        Run(budget, 200, _ => 100);
        Assert.Equal((0.5, 1.5), (budget.Scale, budget.Capacity));

        budget.LeastScale = 0.75;
        var ups = Run(budget, 10_000, _ => 100);

        Assert.Equal(2, ups.Count);
        Assert.All(
            ups, up => Assert.Equal((BudgetMeasure.Size, false, true), (up.Decision.Measure, up.Decision.Down, up.Decision.ForObjects)));
        Assert.Equal((0.8, 1.5, 2), (budget.Scale, budget.Capacity, budget.Level));
    }

    [Fact]
    public void A_machine_is_too_slow_when_every_step_is_taken_and_no_more_when_frames_keep_up()
    {
        var budget = Budget(40, s_ladder);
        Run(budget, 60, _ => 60 * Area(budget));
        Assert.False(budget.IsTooSlow);

        Run(budget, 300, _ => 300);
        Assert.True(budget.IsTooSlow);

        // A single average that holds is not enough.
        Run(budget, 10, _ => 35);
        Assert.True(budget.IsTooSlow);
        Run(budget, 40, _ => 35);
        Assert.False(budget.IsTooSlow);
    }

    [Theory]
    [InlineData(30, 0, 40, false)]
    [InlineData(60, 1, 40, false)]
    [InlineData(130, 1, 78, true)]
    [InlineData(400, 1, 240, true)]
    public void A_measured_limit_takes_one_step_of_the_size_from_a_slow_machine_and_leaves_out_frames(
        double full, int level, double limit, bool tooSlow)
    {
        var budget = new FrameBudget(40, new BudgetLadder([1, 0.75, 0.6, 0.5], [2, 1.5]), measured: true);

        Run(budget, 5000, _ => full * Area(budget));

        Assert.Equal((level, tooSlow), (budget.Level, budget.IsTooSlow));
        Assert.Equal(limit, budget.Limit, 6);
    }

    [Fact]
    public void A_measured_limit_is_that_of_the_fastest_frames_so_that_load_which_comes_later_steps_down()
    {
        var budget = new FrameBudget(40, s_ladder, measured: true);
        Run(budget, 500, _ => 50);

        Run(budget, 500, _ => 150);

        Assert.Equal(40, budget.Limit, 6);
        Assert.Equal(4, budget.Level);
    }

    [Theory]
    [InlineData(576, 320, 4)]
    [InlineData(320, 180, 3)]
    [InlineData(160, 90, 1)]
    public void A_picture_is_not_made_smaller_than_objects_can_be_told_apart_in(int width, int height, int scales) =>
        Assert.Equal(scales, BudgetLadder.For(new FrameSize(width, height), new MemoryOptions()).Scales.Count);

    [Fact]
    public void Memory_keeps_room_for_updates()
    {
        var size = new FrameSize(576, 320);

        Assert.Equal([2, 1.5], BudgetLadder.For(size, new MemoryOptions()).Capacities);
        Assert.Equal([20, 10, 5, 2.5, 1.5], BudgetLadder.For(size, new MemoryOptions { CapacityFrames = 20 }).Capacities);
        Assert.Equal([3, 2], BudgetLadder.For(size, new MemoryOptions { CapacityFrames = 3, Update = UpdateKind.Full }).Capacities);
        Assert.Equal([1], BudgetLadder.For(size, new MemoryOptions { CapacityFrames = 1 }).Capacities);
    }

    private static FrameBudget Budget(double limit, BudgetLadder ladder)
    {
        // The first frames do not count.
        var budget = new FrameBudget(limit, ladder);
        Assert.Empty(Run(budget, 2, _ => FrameBudget.WarmUpMilliseconds / 2));
        return budget;
    }

    private static double Area(FrameBudget budget) => budget.Scale * budget.Scale;

    private static List<(int Frame, BudgetDecision Decision)> Run(
        FrameBudget budget, int frames, Func<int, double> total, Func<int, double>? match = null)
    {
        var decisions = new List<(int, BudgetDecision)>();
        for (var t = 0; t < frames; t++)
        {
            if (budget.Add(total(t), match?.Invoke(t) ?? 0) is { } decision)
            {
                decisions.Add((t, decision));
            }
        }

        return decisions;
    }
}
