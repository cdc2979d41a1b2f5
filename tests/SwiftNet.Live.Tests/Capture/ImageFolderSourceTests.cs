using OpenCvSharp;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

public sealed class ImageFolderSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_come_in_order_of_name_and_give_their_stems()
    {
        Write("00010.png", 8, 6, new Scalar(1, 2, 3));
        Write("00002.jpg", 8, 6, new Scalar(200, 100, 50));
        File.WriteAllText(_folder["notes.txt"], "no image");

        using var source = new ImageFolderSource(_folder.Root, TimeProvider.System);
        using var first = source.Read(CancellationToken.None)!;
        using var second = source.Read(CancellationToken.None)!;

        Assert.Equal(2, source.FrameCount);
        Assert.Equal((0, "00002", 8, 6), (first.Number, first.Name, first.Width, first.Height));
        Assert.Equal((1, "00010"), (second.Number, second.Name));
        Assert.Equal([1, 2, 3], second.Pixels.Array[..3]);
        Assert.Null(source.Read(CancellationToken.None));
    }

    [Theory]
    [InlineData(new[] { "1.png", "2.png", "3.png", "9.png", "10.png", "11.png", "100.png" }, true)]
    [InlineData(new[] { "shot-9 take-2.jpg", "shot-9 take-10.jpg", "shot-10 take-1.jpg" }, true)]
    [InlineData(new[] { "7.png", "08.png", "9.png", "009.png" }, true)]
    [InlineData(new[] { "frame_1699999999999999999.png", "frame_10000000000000000000.png" }, true)]
    [InlineData(new[] { "0001.png", "0002.png", "0010.png" }, false)]
    [InlineData(new[] { "a.png", "a-1.png", "b.png" }, false)]
    public void Images_come_in_the_order_of_their_numbers_and_an_order_that_a_listing_does_not_show_is_said(string[] names, bool said)
    {
        Assert.All(names.Reverse(), name => Write(name, 8, 6, default));
        var log = new WarningLog();

        using var source = new ImageFolderSource(_folder.Root, TimeProvider.System, log);
        var read = Enumerable.Range(0, names.Length).Select(_ =>
        {
            using var frame = source.Read(CancellationToken.None)!;
            return frame.Name;
        }).ToArray();

        Assert.Equal(names.Select(Path.GetFileNameWithoutExtension), read);
        Assert.Equal(said, log.Warnings.Exists(line => line.Contains($"{names[0]}, {names[1]}", StringComparison.Ordinal)));
        Assert.Equal(said ? 1 : 0, log.Warnings.Count);
    }

    [Fact]
    public void A_missing_folder_and_one_without_images_are_clear_errors()
    {
        Assert.Contains(
            "does not exist", Error(() => new ImageFolderSource(_folder["gone"], TimeProvider.System)), StringComparison.Ordinal);
        Assert.Contains(
            "contains no jpg or png", Error(() => new ImageFolderSource(_folder.Root, TimeProvider.System)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_images_whose_results_would_have_one_name_are_refused()
    {
        Write("a.png", 8, 6, default);
        Write("a.jpg", 8, 6, default);

        Assert.Contains("a.jpg and a.png", Error(() => new ImageFolderSource(_folder.Root, TimeProvider.System)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_image_and_one_of_another_size_are_named()
    {
        Write("a.png", 8, 6, default);
        Write("b.png", 9, 6, default);
        File.WriteAllText(_folder["c.png"], "no image");

        using var source = new ImageFolderSource(_folder.Root, TimeProvider.System);
        source.Read(CancellationToken.None)!.Dispose();

        Assert.Contains(
            "b.png is 9x6, but the first image is 8x6", Error(() => source.Read(CancellationToken.None)), StringComparison.Ordinal);
        File.Delete(_folder["b.png"]);
        using var again = new ImageFolderSource(_folder.Root, TimeProvider.System);
        again.Read(CancellationToken.None)!.Dispose();
        Assert.Contains("c.png cannot be read", Error(() => again.Read(CancellationToken.None)), StringComparison.Ordinal);
    }

    private static string Error(Func<object?> action) => Assert.Throws<UserErrorException>(action).Message;

    private void Write(string name, int width, int height, Scalar bgr)
    {
        using var image = new Mat(height, width, MatType.CV_8UC3, bgr);
        Cv2.ImWrite(_folder[name], image);
    }
}
