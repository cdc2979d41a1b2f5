using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Preview;

public sealed class MjpegPreviewTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_watching_costs_nothing()
    {
        await using var preview = new MjpegPreview();
        using var frame = Frames.Plain(64, 48, (1, 2, 3));
        await preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var write = preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task All_who_wait_get_the_next_picture_and_who_asks_later_a_later_one()
    {
        await using var preview = new MjpegPreview();
        using var frame = Frames.Plain(64, 48, (1, 2, 3));
        var (first, second) = (preview.NextAsync(Cancellation), preview.NextAsync(Cancellation));
        await preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        Assert.Same(await first, await second);
        var third = preview.NextAsync(Cancellation);
        Assert.False(third.IsCompleted);
        await preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        Assert.NotNull(await third);
    }

    [Fact]
    public async Task A_picture_says_of_which_frame_it_is()
    {
        await using var preview = new MjpegPreview();
        using var frame = Frames.Plain(64, 48, (1, 2, 3));
        var next = preview.NextAsync(Cancellation);
        await preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        Assert.Equal((frame.Number, frame.CapturedTime), ((await next)!.Frame, (await next)!.Time));
    }

    [Fact]
    public async Task Large_pictures_are_made_smaller_and_keep_their_shape()
    {
        await using var preview = new MjpegPreview();
        using var frame = Frames.Plain(1920, 1080, (90, 90, 90));
        var next = preview.NextAsync(Cancellation);
        await preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        using var picture = OpenCvSharp.Cv2.ImDecode((await next)!.Jpeg, OpenCvSharp.ImreadModes.Color);
        Assert.Equal((960, 540), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task The_end_reaches_who_waits_and_who_comes_later()
    {
        await using var preview = new MjpegPreview();
        var waiting = preview.NextAsync(Cancellation);
        await preview.CompleteAsync(Cancellation);
        Assert.Null(await waiting);
        Assert.Null(await preview.NextAsync(Cancellation));
    }
}
