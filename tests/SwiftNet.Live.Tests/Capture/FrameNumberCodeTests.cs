using SwiftNet.Live.Capture;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

public sealed class FrameNumberCodeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(123_456)]
    [InlineData(0xFFFFFF)]
    public void What_is_written_is_read(long number)
    {
        var picture = new byte[160 * 96 * 3];

        FrameNumberCode.Write(picture, 160, number);

        Assert.Equal(number, FrameNumberCode.Read(picture, 160, 96));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(128)]
    [InlineData(255)]
    public void A_picture_without_a_number_has_none(byte gray)
    {
        var picture = new byte[160 * 96 * 3];
        Array.Fill(picture, gray);

        Assert.Null(FrameNumberCode.Read(picture, 160, 96));
    }

    [Fact]
    public void A_damaged_number_is_not_read_as_another()
    {
        var picture = new byte[160 * 96 * 3];
        FrameNumberCode.Write(picture, 160, 77);
        for (var y = 0; y < 8; y++)
        {
            picture.AsSpan(y * 160 * 3, 8 * 3).Fill(16);
        }

        Assert.Null(FrameNumberCode.Read(picture, 160, 96));
    }

    [Fact]
    public void A_lossy_codec_leaves_the_number_readable()
    {
        using var folder = new TemporaryFolder();
        Videos.FromPattern(folder["pattern.mp4"], "test:moving?size=320x240&frames=30", "-crf", "35");

        var decoded = Ffmpeg.Decode(folder["pattern.mp4"], "bgr24");

        const int Size = 320 * 240 * 3;
        Assert.Equal(
            Enumerable.Range(0, 30).Select(n => (long?)n),
            Enumerable.Range(0, decoded.Length / Size).Select(n => FrameNumberCode.Read(decoded.AsSpan(n * Size, Size), 320, 240)));
    }
}
