using SwiftNet.Network;

namespace SwiftNet.Tests.Network;

public sealed class PaddedSizeTests
{
    [Theory]
    [InlineData(854, 480, 864, 480, 5, 0, 54 * 30)]
    [InlineData(250, 140, 256, 144, 3, 2, 16 * 9)]
    [InlineData(640, 352, 640, 352, 0, 0, 40 * 22)]
    [InlineData(16, 16, 16, 16, 0, 0, 1)]
    [InlineData(17, 17, 32, 32, 7, 7, 4)]
    [InlineData(1, 1, 16, 16, 7, 7, 1)]
    public void Sizes_are_padded_to_multiples_of_16_with_the_odd_pixel_at_the_end(
        int width, int height, int paddedWidth, int paddedHeight, int left, int top, int cells)
    {
        var size = new PaddedSize(width, height);

        Assert.Equal((paddedWidth, paddedHeight), (size.PaddedWidth, size.PaddedHeight));
        Assert.Equal((left, top), (size.Left, size.Top));
        Assert.Equal(cells, size.Cells);
        Assert.InRange(paddedWidth - width - left - left, 0, 1);
        Assert.InRange(paddedHeight - height - top - top, 0, 1);
    }
}
