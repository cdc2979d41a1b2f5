using SwiftNet.Tracking;

namespace SwiftNet.Tests.Tracking;

/// <summary>Which window shows an object, in a frame of 1920x1080 and a budget of 384x224.</summary>
public sealed class WindowPolicyTests
{
    private readonly WindowPolicy _policy = new(1920, 1080, new WindowOptions { Width = 384, Height = 224 });

    [Theory]
    [InlineData(900, 500, 60, 120)]
    [InlineData(0, 0, 200, 100)]
    [InlineData(1700, 900, 220, 180)]
    [InlineData(400, 200, 900, 700)]
    public void A_window_holds_the_object_and_stays_within_frame_and_budget(int x, int y, int width, int height)
    {
        var window = _policy.Begin(Target(x, y, width, height), _policy.Budget);

        Assert.True(window.Box.Contains(new BoundingBox(x, y, width, height)));
        Assert.InRange(window.PaddedPixels, 1, _policy.Budget);
        Assert.True(window is { X: >= 0, Y: >= 0 } && window.X + window.Width <= 1920 && window.Y + window.Height <= 1080);
        Assert.InRange((double)window.NetworkWidth / window.Width / ((double)window.NetworkHeight / window.Height), 0.95, 1.05);
    }

    [Fact]
    public void A_small_object_is_seen_at_the_camera_s_own_resolution_or_closer_and_a_large_one_with_the_whole_frame()
    {
        Assert.InRange(_policy.Begin(Target(900, 500, 60, 60), _policy.Budget).Scale, 1, 1.5);
        Assert.True(_policy.Begin(Target(50, 50, 1800, 1000), _policy.Budget).IsWhole);
    }

    [Fact]
    public void A_window_stays_while_the_object_is_inside_and_moves_with_its_shape_kept()
    {
        var window = _policy.Begin(Target(900, 500, 100, 100), _policy.Budget);

        Assert.Equal(window, _policy.Next(window, Target(904, 503, 100, 100), _policy.Budget));
        var moved = _policy.Next(window, Target(900 + ((window.Width - 100) / 2) - 4, 500, 100, 100), _policy.Budget);
        Assert.NotEqual(window, moved);
        Assert.True(moved.HasShapeOf(window));
        Assert.True(moved.Box.Contains(new BoundingBox(900 + ((window.Width - 100) / 2) - 4, 500, 100, 100)));
    }

    [Fact]
    public void Without_the_object_the_window_widens_to_the_whole_frame()
    {
        var window = _policy.Begin(Target(900, 500, 200, 200), _policy.Budget);
        for (var missed = 1; !window.IsWhole; missed++)
        {
            var wider = _policy.Next(window, Target(900, 500, 200, 200) with { Missed = missed }, _policy.Budget);
            Assert.True(wider.Width > window.Width && wider.Height > window.Height);
            Assert.InRange(missed, 1, 10);
            window = wider;
        }

        Assert.Equal(_policy.Whole, window);
    }

    [Fact]
    public void A_small_object_is_looked_for_as_closely_as_it_needs_where_it_was_and_in_every_part_of_the_frame()
    {
        var target = Target(900, 500, 40, 40);
        var window = _policy.Begin(target, _policy.Budget);
        var (seen, shapes) = (new bool[192, 108], new HashSet<(int, int)>());
        for (var missed = 1; missed <= 120; missed++)
        {
            window = _policy.Next(window, target with { Missed = missed }, _policy.Budget);
            Assert.InRange(40 * window.Scale, 31, 60);
            Assert.InRange(window.PaddedPixels, 1, _policy.Budget);
            Assert.True(missed % 2 != 0 || window.Box.Contains(new BoundingBox(900, 500, 40, 40)));
            shapes.Add((window.Width, window.Height));
            for (var y = window.Y / 10; y < (window.Y + window.Height) / 10; y++)
            {
                for (var x = window.X / 10; x < (window.X + window.Width) / 10; x++)
                {
                    seen[x, y] = true;
                }
            }
        }

        Assert.DoesNotContain(false, seen.Cast<bool>());
        Assert.InRange(shapes.Count, 1, 3);
    }

    [Fact]
    public void The_whole_frame_is_seen_where_it_shows_the_object_closely_enough_and_stays_while_the_object_shrinks_a_little()
    {
        var policy = new WindowPolicy(854, 480, new WindowOptions());
        var window = policy.Begin(Target(200, 100, 300, 250), policy.Budget);

        Assert.True(window.IsWhole);
        Assert.True(policy.Next(window, Target(200, 100, 270, 225), policy.Budget).IsWhole);
        Assert.False(policy.Next(window, Target(200, 100, 150, 100), policy.Budget).IsWhole);
    }

    [Fact]
    public void A_window_whose_rim_cuts_the_object_moves_there_with_its_shape_kept()
    {
        var window = _policy.Begin(Target(900, 500, 100, 100), _policy.Budget);
        var right = window.X + window.Width;
        var moved = _policy.Next(window, Target(right - 90, 500, 90, 100), _policy.Budget);

        Assert.True(moved.HasShapeOf(window));
        Assert.InRange(moved.X + moved.Width, right + 20, 1920);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void With_a_part_of_the_budget_no_window_has_more_pixels(int windows)
    {
        var budget = _policy.Budget / windows;

        Assert.InRange(_policy.WholeWithin(budget).PaddedPixels, 1, budget);
        var first = _policy.Begin(Target(300, 300, 400, 300), _policy.Budget);
        Assert.InRange(_policy.Next(first, Target(300, 300, 400, 300), budget).PaddedPixels, 1, budget);
        Assert.InRange(_policy.Next(first, Target(300, 300, 400, 300) with { Missed = 1 }, budget).PaddedPixels, 1, budget);
    }

    [Fact]
    public void With_windows_off_the_whole_frame_is_seen_whatever_happens()
    {
        var policy = new WindowPolicy(1920, 1080, new WindowOptions { Enabled = false, Width = 384, Height = 224 });

        Assert.Equal(policy.Whole, policy.Begin(Target(900, 500, 60, 60), policy.Budget));
        Assert.Equal(policy.Whole, policy.Next(policy.Whole, Target(10, 10, 60, 60), policy.Budget));
    }

    [Fact]
    public void A_budget_is_shared_by_need_and_never_exceeded()
    {
        Span<int> shares = stackalloc int[3];
        WindowGrouping.Divide([10, 90, 90], shares, 100, 100);
        Assert.Equal([10, 45, 45], shares.ToArray());

        WindowGrouping.Divide([50, 20, 10], shares, 100, 100);
        Assert.Equal([50, 20, 10], shares.ToArray());
    }

    [Fact]
    public void Objects_that_are_close_share_a_window_and_others_have_their_own()
    {
        var ids = new byte[1920 * 1080];
        Fill(ids, 1, 100, 100, 60, 60);
        Fill(ids, 2, 170, 110, 60, 60);
        Fill(ids, 3, 1700, 900, 60, 60);

        Assert.Equal([[1, 2], [3]], WindowGrouping.Groups(new IdMask(1920, 1080, ids), [1, 2, 3], _policy, enabled: true));
        Assert.Equal([[1, 2, 3]], WindowGrouping.Groups(new IdMask(1920, 1080, ids), [1, 2, 3], _policy, enabled: false));
    }

    private static void Fill(byte[] ids, byte id, int x, int y, int width, int height)
    {
        for (var row = y; row < y + height; row++)
        {
            ids.AsSpan((row * 1920) + x, width).Fill(id);
        }
    }

    private static WindowTarget Target(double x, double y, double width, double height) => WindowTarget.Of(
        new BoxHistory(new BoundingBox(x, y, width, height)));
}
