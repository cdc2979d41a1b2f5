using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Tests.Clips;

public sealed class WindowPathTests
{
    private static readonly Size s_picture = new(640, 360), s_crop = new(320, 256);

    [Fact]
    public void The_first_window_holds_the_object_and_the_object_fills_much_of_it()
    {
        var box = new Rect(300, 150, 60, 40);
        for (var seed = 0; seed < 100; seed++)
        {
            var view = Draw(seed, [box])[0];

            Assert.True(Holds(view, box), $"seed {seed}: {view}");
            var fill = view.Scale * Math.Sqrt(60 * 40) / Math.Sqrt(s_crop.Width * s_crop.Height);
            Assert.InRange(fill, 0.12, 0.76);
        }
    }

    [Fact]
    public void Windows_follow_what_is_known_and_mostly_stay_where_they_are_while_the_object_does()
    {
        var still = Enumerable.Repeat(new Rect(300, 150, 60, 40), 6).ToArray();
        var moving = Enumerable.Range(0, 6).Select(t => new Rect(100 + (60 * t), 150, 60, 40)).ToArray();
        var (kept, held) = (0, 0);
        for (var seed = 0; seed < 100; seed++)
        {
            var views = Draw(seed, still);
            kept += Enumerable.Range(1, 5).Count(t => views[t] == views[t - 1]);
            views = Draw(seed, moving);
            held += Enumerable.Range(1, 5).Count(t => Holds(views[t], moving[t]));
        }

        Assert.InRange(kept, 250, 480);
        Assert.InRange(held, 400, 500);
    }

    [Fact]
    public void Without_the_object_the_window_grows_to_the_whole_picture_and_never_beyond()
    {
        Rect[] boxes = [new Rect(300, 150, 30, 30), default, default, default, default, default, default, default, default, default];
        for (var seed = 0; seed < 20; seed++)
        {
            var views = Draw(seed, boxes);

            Assert.True(views[^1].Scale < 0.8 * views[0].Scale || views[0].Scale < 1, $"seed {seed}");
            Assert.All(views, view =>
            {
                Assert.True(view.Scale >= View.WholePicture(s_picture, s_crop) - 1e-9);
                Assert.InRange(view.X, s_crop.Width / view.Scale / 2 - 1e-6, s_picture.Width - (s_crop.Width / view.Scale / 2) + 1e-6);
            });
        }
    }

    private static View[] Draw(int seed, Rect[] boxes) => new WindowPath(s_picture, s_crop, new Random(seed)).Draw(boxes);

    private static bool Holds(View view, Rect box) =>
        Math.Abs(box.X + (box.Width / 2.0) - view.X) <= (s_crop.Width / view.Scale / 2) - (box.Width / 2.0) + 1
        && Math.Abs(box.Y + (box.Height / 2.0) - view.Y) <= (s_crop.Height / view.Scale / 2) - (box.Height / 2.0) + 1;
}
