using System.Text;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Imaging;

public sealed class RunLengthsTests
{
    private readonly RunLengths _runs = new();

    // By hand, after the description of the format: column by column, background first; 1-3 is -2, which is group 30 and no more: '0'+30 is
    // 'N'.
    [Theory]
    [InlineData("0 0 1 1 1 0 1", "231N")] // 2, 3, 1, 1
    [InlineData("1 1 1 1 1 1 0", "061")] // 0, 6, 1
    [InlineData("0 0 0 0 0 0 0", "7")]
    [InlineData("1 1 1 1 1 1 1", "07")]
    [InlineData("2 2 1 2 2 2 2", "214")] // what is another object's is background of this one
    public void A_column_is_written_as_by_hand(string pixels, string expected) =>
        Assert.Equal(expected, Counts([.. pixels.Split(' ').Select(byte.Parse)], width: 1, id: 1));

    [Fact]
    public void Runs_go_on_from_one_column_to_the_next()
    {
        // 0 1 0
        // 1 1 0   column by column: 0 1 1 1 0 0
        Assert.Equal("132", Counts([0, 1, 0, 1, 1, 0], width: 3, id: 1));
    }

    [Fact]
    public void Counts_of_more_than_a_group_go_from_the_lowest_bits_up()
    {
        // 100 is 3 * 32 + 4: '0'+4+32, '3'; then 16 needs a second group, lest it be taken for -16: '0'+16+32, '0'.
        Assert.Equal("T3`0", Counts(Frames.Box(1, 116, 1, 0, 100, 1, 16), width: 1, id: 1));
    }

    // Made by a program of its own in another language, after the description of the format.
    [Theory]
    [InlineData(1, "eb07k18J4L4L4M2N2N2N2N2O0O2O0O2O0O2O00000O2O000000000001N1000001N101N101N101N2N2N2N2N3L4L4L6Hm_2")]
    [InlineData(3, "P_5l1:000000000000000000")]
    [InlineData(4, "lT6")]
    public void A_disc_and_a_box_are_written_as_elsewhere(byte id, string expected)
    {
        var ids = new byte[70 * 90];
        for (var i = 0; i < ids.Length; i++)
        {
            var (x, y) = (i % 90, i / 90);
            ids[i] = (byte)(x >= 80 && y < 60 ? 3 : ((x - 30) * (x - 30)) + ((y - 40) * (y - 40)) < 500 ? 1 : 0);
        }

        Assert.Equal(expected, Counts(ids, 90, id));
    }

    [Fact]
    public void Any_mask_is_read_back_as_it_was()
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var (width, height) = (random.Next(1, 90), random.Next(1, 90));
            var ids = new byte[width * height];
            for (var blob = 0; blob < 6; blob++)
            {
                var (left, top) = (random.Next(width), random.Next(height));
                var (right, bottom) = (random.Next(left, width + 1), random.Next(top, height + 1));
                for (var y = top; y < bottom; y++)
                {
                    ids.AsSpan((y * width) + left, right - left).Fill((byte)random.Next(4));
                }
            }

            _runs.Measure(ids, width);
            foreach (byte id in new byte[] { 1, 2, 3 })
            {
                var columns = Decode(Encoding.ASCII.GetString(_runs.Finish(id)));
                Assert.Equal(ids.Length, columns.Count);
                Assert.All(Enumerable.Range(0, ids.Length), i => Assert.Equal(ids[i] == id, columns[((i % width) * height) + (i / width)]));
            }
        }
    }

    private string Counts(byte[] ids, int width, byte id)
    {
        _runs.Measure(ids, width);
        return Encoding.ASCII.GetString(_runs.Finish(id));
    }

    private static List<bool> Decode(string text)
    {
        var (counts, pixels, at) = (new List<int>(), new List<bool>(), 0);
        while (at < text.Length)
        {
            var (value, shift, group) = (0, 0, 0);
            do
            {
                group = text[at++] - '0';
                value |= (group & 31) << shift;
                shift += 5;
            }
            while (group >= 32);
            value = (group & 16) != 0 ? value - (1 << shift) : value;
            counts.Add(counts.Count > 2 ? value + counts[^2] : value);
            pixels.AddRange(Enumerable.Repeat(counts.Count % 2 == 0, counts[^1]));
        }

        return pixels;
    }
}
