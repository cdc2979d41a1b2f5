using SwiftNet.Metrics;

namespace SwiftNet.Tests.Metrics;

public sealed class BoundaryTests
{
    [Fact]
    public void The_outline_lies_half_a_pixel_towards_the_origin()
    {
        byte[] mask =
        [
            0, 0, 0, 0, 0,
            0, 1, 1, 0, 0,
            0, 1, 1, 0, 0,
            0, 0, 0, 0, 0,
        ];
        byte[] expected =
        [
            1, 1, 1, 0, 0,
            1, 0, 1, 0, 0,
            1, 1, 1, 0, 0,
            0, 0, 0, 0, 0,
        ];

        Assert.Equal(expected, Trace(mask, 5, out var count));
        Assert.Equal(8, count);
    }

    [Fact]
    public void Last_row_and_column_look_along_themselves_only_and_the_corner_is_never_outline()
    {
        byte[] mask =
        [
            0, 0, 0,
            0, 0, 1,
            0, 1, 1,
        ];
        byte[] expected =
        [
            0, 1, 1,
            1, 1, 0,
            1, 0, 0,
        ];

        Assert.Equal(expected, Trace(mask, 3, out _));
    }

    [Fact]
    public void An_object_over_the_whole_picture_has_no_outline()
    {
        Trace([1, 1, 1, 1, 1, 1], 3, out var count);

        Assert.Equal(0, count);
    }

    [Fact]
    public void Dilation_is_by_a_disk_and_ends_at_the_picture()
    {
        var boundary = new byte[7 * 6];
        boundary[(1 * 7) + 2] = 1;
        byte[] expected =
        [
            0, 1, 1, 1, 0, 0, 0,
            1, 1, 1, 1, 1, 0, 0,
            0, 1, 1, 1, 0, 0, 0,
            0, 0, 1, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0,
        ];
        var dilated = new byte[boundary.Length];

        Boundary.Dilate(boundary, 7, 2, dilated);

        Assert.Equal(expected, dilated);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(40)]
    public void Dilation_equals_its_definition_on_any_picture(int radius)
    {
        const int Width = 41, Height = 23;
        var random = new Random(radius);
        var boundary = new byte[Width * Height];
        for (var i = 0; i < boundary.Length; i++)
        {
            boundary[i] = random.Next(30) == 0 || (i % 7 < 3 && i % 90 > 80) ? (byte)1 : (byte)0;
        }

        var expected = new byte[boundary.Length];
        for (var i = 0; i < boundary.Length; i++)
        {
            for (var j = 0; j < boundary.Length; j++)
            {
                int dx = (i % Width) - (j % Width), dy = (i / Width) - (j / Width);
                expected[i] |= (dx * dx) + (dy * dy) <= radius * radius ? boundary[j] : (byte)0;
            }
        }

        var dilated = new byte[boundary.Length];
        Boundary.Dilate(boundary, Width, radius, dilated);

        Assert.Equal(expected, dilated);
    }

    private static byte[] Trace(byte[] mask, int width, out int count)
    {
        var boundary = new byte[mask.Length];
        count = Boundary.Trace(mask, width, boundary);
        return boundary;
    }
}
