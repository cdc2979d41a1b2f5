using SwiftNet.Live.Output;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Tests.Output;

namespace SwiftNet.Live.Tests.Segment;

public sealed class MaskFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_the_frame_s_size_it_is_read_as_it_is()
    {
        var path = Written(64, 36);

        Assert.Equal(Frames.Box(64, 36, 3, 10, 10, 20, 10), MaskFile.Read(path, 64, 36).Ids);
    }

    [Theory]
    [InlineData(128, 72)]
    [InlineData(32, 18)]
    [InlineData(640, 360)]
    [InlineData(63, 36)]
    [InlineData(854, 480)]
    public void Of_the_frame_s_shape_it_is_resized_and_keeps_its_ids(int width, int height)
    {
        var mask = MaskFile.Read(Written(64, 36), width, height);

        Assert.Equal((width, height), (mask.Width, mask.Height));
        Assert.Equal([3], mask.DistinctIds());
        Assert.InRange(mask.Ids.Count(id => id == 3), 200.0 / (64 * 36) * width * height * 0.9, 200.0 / (64 * 36) * width * height * 1.1);
    }

    [Fact]
    public void Of_another_shape_it_is_refused_with_both_sizes()
    {
        var error = Assert.Throws<UserErrorException>(() => MaskFile.Read(Written(64, 36), 640, 480));

        Assert.Contains("64x36", error.Message);
        Assert.Contains("640x480", error.Message);
    }

    [Fact]
    public void An_empty_one_is_refused()
    {
        IndexedPng.Write(_folder["empty.png"], 64, 36, new byte[64 * 36]);

        Assert.Contains("empty", Assert.Throws<UserErrorException>(() => MaskFile.Read(_folder["empty.png"], 64, 36)).Message);
    }

    [Fact]
    public void One_that_loses_an_object_when_it_shrinks_is_refused()
    {
        var ids = Frames.Box(640, 360, 3, 100, 100, 200, 100);
        ids[0] = 7;
        IndexedPng.Write(_folder["speck.png"], 640, 360, ids);

        Assert.Contains("loses an object", Assert.Throws<UserErrorException>(() => MaskFile.Read(_folder["speck.png"], 64, 36)).Message);
    }

    [Fact]
    public void A_missing_one_is_refused_by_name() =>
        Assert.Contains("nowhere.png", Assert.Throws<UserErrorException>(() => MaskFile.Read(_folder["nowhere.png"], 64, 36)).Message);

    private string Written(int width, int height)
    {
        IndexedPng.Write(_folder["mask.png"], width, height, Frames.Box(width, height, 3, 10, 10, 20, 10));
        return _folder["mask.png"];
    }
}
