using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Painting;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Painting;

public sealed class PrivacyFilterTests
{
    private const int Width = 160;
    private const int Height = 120;
    private const int Margin = 4;

    [Fact]
    public void None_changes_nothing()
    {
        using var frame = Secret(Mask(0.9f));
        var before = frame.Pixels.Array.ToArray();
        Apply(frame, Hidden.None);
        Assert.Equal(before, frame.Pixels.Array);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Objects_and_a_margin_are_hidden_and_all_else_stays(bool black)
    {
        using var frame = Secret(Mask(0.9f));
        var before = frame.Pixels.Array.ToArray();
        Apply(frame, Hidden.Objects, black);
        AssertHidden(frame, before, black, (x, y) => x is >= 40 - Margin and < 80 + Margin && y is >= 30 - Margin and < 70 + Margin);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Background_is_hidden_and_the_object_less_a_margin_stays(bool black)
    {
        using var frame = Secret(Mask(0.9f));
        var before = frame.Pixels.Array.ToArray();
        Apply(frame, Hidden.Background, black);
        AssertHidden(frame, before, black, (x, y) => !(x is >= 40 + Margin and < 80 - Margin && y is >= 30 + Margin and < 70 - Margin));
    }

    [Theory]
    [InlineData("no mask", true, true)]
    [InlineData("an object that is not seen", true, false)]
    [InlineData("an object of low confidence", true, false)]
    [InlineData("an object that is not looked for", true, false)]
    [InlineData("no object", true, true)]
    public void In_doubt_the_whole_picture_is_hidden(string doubt, bool objects, bool background)
    {
        Check(Hidden.Objects, objects);
        Check(Hidden.Background, background);

        void Check(Hidden hide, bool whole)
        {
            using var frame = doubt switch
            {
                "no mask" => Secret(null),
                "an object that is not seen" => Secret(Mask(0.9f), new ObjectConfidence(2, 0.9f)),
                "an object of low confidence" => Secret(Mask(0.9f, second: 2), new ObjectConfidence(2, 0.2f)),
                "an object that is not looked for" => Secret(Mask(0.9f)).LeavingOut(),
                _ => Secret((new byte[Width * Height], [])),
            };
            var before = frame.Pixels.Array.ToArray();
            Apply(frame, hide);
            AssertHidden(
                frame,
                before,
                black: false,
                (x, y) => whole || !(x is >= 40 + Margin and < 80 - Margin && y is >= 30 + Margin and < 70 - Margin));
        }
    }

    [Fact]
    public void A_blurred_picture_has_nothing_left_of_stripes_a_tenth_of_it_wide()
    {
        using var frame = Frames.Plain(640, 480, (0, 0, 0));
        for (var i = 0; i < frame.Pixels.Array.Length; i++)
        {
            frame.Pixels.Array[i] = (byte)(i / 3 % 640 / 32 % 2 * 255);
        }

        Apply(frame, Hidden.Objects);
        Assert.All(frame.Pixels.Array, value => Assert.InRange(value, 60, 195));
    }

    [Fact]
    public void The_next_frame_may_have_another_size()
    {
        using var filter = new PrivacyFilter(new PrivacyOptions { Hide = Hidden.Background, MarginPixels = 0 });
        foreach (var (width, height) in new[] { (64, 48), (33, 17), (1, 1) })
        {
            using var frame = Frames.Plain(width, height, (200, 200, 200)).With(
                new byte[width * height], objects: new ObjectConfidence(1, 1));
            filter.Apply(frame);
            Assert.All(frame.Pixels.Array, value => Assert.Equal(200, value));
        }
    }

    private static void Apply(Frame frame, Hidden hide, bool black = false)
    {
        using var filter = new PrivacyFilter(
            new PrivacyOptions { Hide = hide, Style = black ? HidingStyle.Black : HidingStyle.Blur, MarginPixels = Margin });
        filter.Apply(frame);
    }

    // The picture is noise of black and white: wherever it is hidden, nothing of either is left.
    private static void AssertHidden(Frame frame, byte[] before, bool black, Func<int, int, bool> hidden)
    {
        var after = frame.Pixels.Array;
        for (var i = 0; i < after.Length; i++)
        {
            var (x, y) = (i / 3 % Width, i / 3 / Width);
            if (!hidden(x, y))
            {
                Assert.True(before[i] == after[i], $"{x},{y} is hidden");
            }
            else
            {
                Assert.True(black ? after[i] == 0 : after[i] is > 80 and < 175, $"{x},{y} shows {after[i]}");
            }
        }
    }

    private static (byte[] Ids, ObjectConfidence[] Objects) Mask(float confidence, byte second = 0)
    {
        var ids = Frames.Box(Width, Height, 1, 40, 30, 40, 40);
        ids.AsSpan((100 * Width) + 100, 30).Fill(second);
        return (ids, [new ObjectConfidence(1, confidence)]);
    }

    private static Frame Secret((byte[] Ids, ObjectConfidence[] Objects)? mask, params ObjectConfidence[] more)
    {
        var frame = Frames.Plain(Width, Height, (0, 0, 0));
        var random = new Random(5);
        for (var i = 0; i < frame.Pixels.Array.Length; i++)
        {
            frame.Pixels.Array[i] = (byte)(random.Next(2) * 255);
        }

        return mask is { } given ? frame.With(given.Ids, objects: [.. given.Objects, .. more]) : frame;
    }
}
