using System.Text;
using SwiftNet.Imaging.Rle;

namespace SwiftNet.Live.Tests.Imaging;

public sealed class RunLengthReaderTests
{
    [Fact]
    public void What_the_outputs_write_is_read_back_as_it_was()
    {
        var random = new Random(5);
        var runs = new RunLengths();
        for (var round = 0; round < 50; round++)
        {
            var (width, height) = (random.Next(1, 200), random.Next(1, 200));
            var mask = new byte[width * height];
            for (var run = random.Next(1, 30); run > 0; run--)
            {
                var start = random.Next(mask.Length);
                mask.AsSpan(start, random.Next(mask.Length - start) / 4).Fill(1);
            }

            mask[random.Next(mask.Length)] = 1;
            runs.Measure(mask, width);

            Assert.Equal(mask, RunLengthReader.Read(Encoding.ASCII.GetString(runs.Finish(1)), width, height));
        }
    }

    [Theory]
    [InlineData("", "end after 0")]
    [InlineData("31", "end after 4")]
    [InlineData("8", "do not add up")]
    [InlineData("2N", "do not add up")] // a run of -2
    [InlineData("é", "not of their alphabet")]
    [InlineData("2\n", "not of their alphabet")]
    [InlineData("2P", "no end")]
    [InlineData("oooooooooooooooooooo", "no end")]
    [InlineData("ooooo7", "do not add up")] // over two hundred million
    public void Damaged_ones_are_refused(string counts, string expected) =>
        Assert.Contains(
            expected, Assert.Throws<InvalidDataException>(() => RunLengthReader.Read(counts, 1, 7)).Message, StringComparison.Ordinal);
}
