using SwiftNet.Sights;

namespace SwiftNet.Tests.Sights;

/// <summary>What is made of masks, one after the other: state, refusal, what is shown and what is written.</summary>
public sealed class ObjectSightTests
{
    // A square of a tenth of the frame's area in its middle.
    private static readonly Sighting s_object = new(0.1, 0.5, 0.5, 0.95);
    private static readonly Sighting s_nothing = new(0, 0, 0, 0);

    [Fact]
    public void An_object_that_moves_grows_and_shrinks_is_tracked()
    {
        var sight = Begun();
        for (var t = 0; t < 100; t++)
        {
            sight.See(s_object with { X = 0.5 + (0.4 * Math.Sin(t / 2.0)), Area = 0.1 + (0.05 * Math.Cos(t / 3.0)) });
            Expect(sight, ObjectState.Tracking);
        }
    }

    [Fact]
    public void Out_of_sight_it_is_occluded_then_lost_and_nothing_is_written()
    {
        var sight = Begun();
        for (var step = 1; step <= 40; step++)
        {
            sight.See(s_nothing);
            Assert.Equal(step < ObjectSight.LostAfter ? ObjectState.Occluded : ObjectState.Lost, sight.State);
            Assert.Equal(MaskRefusal.None, sight.Refusal);
            Assert.False(sight.IsWritten);
        }
    }

    [Theory]
    [InlineData(0.008, 0.5, ObjectState.Occluded)]
    [InlineData(0.002, 0.9, ObjectState.Occluded)]
    [InlineData(0.008, 0.9, ObjectState.Tracking)]
    [InlineData(0.02, 0.5, ObjectState.Tracking)]
    public void Crumbs_are_not_the_object_and_more_are_crumbs_where_the_network_is_unsure(
        double area, double confidence, ObjectState expected)
    {
        var sight = Begun();

        sight.See(s_object with { Area = area, Confidence = confidence });

        Assert.Equal((expected, expected == ObjectState.Tracking), (sight.State, sight.IsWritten));
    }

    [Fact]
    public void Back_after_a_moment_it_is_tracked_at_once()
    {
        var sight = Begun();
        See(sight, s_nothing, ObjectSight.LostAfter - 1);

        sight.See(s_object with { X = 0.7 });

        Expect(sight, ObjectState.Tracking);
    }

    [Fact]
    public void A_lost_object_is_recovered_anywhere_once_a_few_masks_agree_and_tracked_a_second_later()
    {
        var sight = Begun();
        See(sight, s_nothing, 100);
        for (var i = 1; i < ObjectSight.Proof; i++)
        {
            sight.See(s_object with { X = 1.3, Area = 0.05 });
            Expect(sight, ObjectState.Lost, shown: false, written: false);
        }

        sight.See(s_object with { X = 1.3, Area = 0.05 });
        Expect(sight, ObjectState.Recovered);
        See(sight, s_object with { X = 1.3, Area = 0.05 }, ObjectSight.RecoveredFor - 1);
        Expect(sight, ObjectState.Recovered);
        sight.See(s_object with { X = 1.3, Area = 0.05 });
        Expect(sight, ObjectState.Tracking);
    }

    [Theory]
    [InlineData(0.1, 0.95, 0.4)]
    [InlineData(0.1, 0.6, 0.9)]
    [InlineData(0.02, 0.95, 0.9)]
    public void What_is_unlike_uncertain_or_a_crumb_is_not_taken_for_a_lost_object(double area, double confidence, double likeness)
    {
        var sight = Begun();
        See(sight, s_nothing, 100);
        for (var i = 0; i < 50; i++)
        {
            sight.See(new Sighting(area, 0.5, 0.5, confidence) { Likeness = likeness, Lately = likeness });
            Expect(sight, ObjectState.Lost, shown: false, written: false);
        }
    }

    [Fact]
    public void Masks_that_do_not_agree_prove_nothing()
    {
        var sight = Begun();
        See(sight, s_nothing, 100);
        for (var i = 0; i < 50; i++)
        {
            sight.See(s_object with { X = i % 2 == 0 ? 0.2 : 1.2 });
            Expect(sight, ObjectState.Lost, shown: false, written: false);
        }
    }

    [Fact]
    public void A_mask_that_floods_the_frame_is_refused_for_as_long_as_it_does()
    {
        var sight = Begun();
        for (var step = 1; step <= 50; step++)
        {
            sight.See(s_object with { Area = 0.8 });
            Expect(
                sight,
                step < ObjectSight.LostAfter ? ObjectState.Occluded : ObjectState.Lost,
                MaskRefusal.Flood,
                shown: false,
                written: false);
        }

        See(sight, s_object, ObjectSight.Proof);
        Expect(sight, ObjectState.Recovered);
    }

    [Fact]
    public void An_object_that_comes_closer_bit_by_bit_may_fill_the_frame()
    {
        var sight = Begun();
        for (var area = 0.1; area < 0.95; area *= 1.1)
        {
            sight.See(s_object with { Area = area });
            Expect(sight, ObjectState.Tracking);
        }
    }

    [Theory]
    [InlineData(0.1, 1.2, 1)]
    [InlineData(0.29, 0.5, 0.3)]
    [InlineData(0.1, 0.5, 0.3)]
    public void A_mask_that_jumps_is_refused(double area, double x, double likeness)
    {
        var sight = Begun();

        sight.See(s_object with { Area = area, X = x, Likeness = likeness, Lately = likeness });
        Expect(sight, ObjectState.Occluded, MaskRefusal.Jump, shown: false, written: false);
        sight.See(s_object);
        Expect(sight, ObjectState.Tracking);
    }

    [Fact]
    public void A_jump_is_believed_when_what_looks_like_the_object_stays_there()
    {
        var sight = Begun();
        for (var i = 1; i < ObjectSight.Proof; i++)
        {
            sight.See(s_object with { X = 1.2 });
            Expect(sight, ObjectState.Occluded, MaskRefusal.Jump, shown: false, written: false);
        }

        sight.See(s_object with { X = 1.2 });
        Expect(sight, ObjectState.Tracking);
    }

    [Fact]
    public void It_goes_on_from_its_history()
    {
        var sight = Begun();
        See(sight, s_nothing, 20);
        See(sight, s_object, ObjectSight.Proof - 1);
        var other = new ObjectSight(sight.History);

        other.See(s_object);

        Expect(other, ObjectState.Recovered);
    }

    [Fact]
    public void A_mask_gives_its_area_and_centre()
    {
        var mask = new IdMask(4, 2, [0, 3, 3, 0, 0, 3, 3, 1]);

        var sighting = Sighting.Of(mask, 3);

        Assert.Equal(0.5, sighting.Area);
        Assert.Equal(1.5 / Math.Sqrt(8), sighting.X, 9);
        Assert.Equal(0.5 / Math.Sqrt(8), sighting.Y, 9);
        Assert.Equal(1, sighting.Alike);
    }

    private static ObjectSight Begun()
    {
        var sight = new ObjectSight();
        sight.Begin(s_object);
        return sight;
    }

    private static void See(ObjectSight sight, Sighting sighting, int times)
    {
        for (var i = 0; i < times; i++)
        {
            sight.See(sighting);
        }
    }

    private static void Expect(
        ObjectSight sight, ObjectState state, MaskRefusal refusal = MaskRefusal.None, bool shown = true, bool written = true) =>
        Assert.Equal((state, refusal, shown, written), (sight.State, sight.Refusal, sight.IsShown, sight.IsWritten));
}
