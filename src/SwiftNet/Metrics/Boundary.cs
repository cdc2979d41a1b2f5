namespace SwiftNet.Metrics;

/// <summary>The one pixel wide outline of an object, as the DAVIS evaluator draws it, and its dilation by a disk.</summary>
internal static class Boundary
{
    /// <summary>Marks the pixels that differ from their neighbour to the east, south or south-east; of the last row and column only the
    /// neighbour in it counts.</summary>
    /// <param name="mask">Row by row, 0 outside the object, anything else inside.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="boundary">Receives 1 on the outline, else 0.</param>
    /// <returns>The pixels marked.</returns>
    public static int Trace(ReadOnlySpan<byte> mask, int width, Span<byte> boundary)
    {
        var height = mask.Length / width;
        var count = 0;
        for (var y = 0; y < height; y++)
        {
            var row = mask.Slice(y * width, width);
            var south = y + 1 < height ? mask.Slice((y + 1) * width, width) : row;
            var marks = boundary.Slice(y * width, width);
            for (var x = 0; x < width - 1; x++)
            {
                var here = row[x] != 0;
                var differs = here != (row[x + 1] != 0) | here != (south[x] != 0) | here != (south[x + 1] != 0);
                marks[x] = differs ? (byte)1 : (byte)0;
                count += marks[x];
            }

            marks[^1] = (row[^1] != 0) != (south[^1] != 0) ? (byte)1 : (byte)0;
            count += marks[^1];
        }

        return count;
    }

    /// <summary>Marks every pixel within a distance of the outline: dilation by the disk x² + y² ≤ radius².</summary>
    /// <param name="boundary">1 on the outline, else 0, row by row.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="radius">The disk's, in pixels, 0 or more.</param>
    /// <param name="dilated">Receives 1 within the distance, else 0.</param>
    public static void Dilate(ReadOnlySpan<byte> boundary, int width, int radius, Span<byte> dilated)
    {
        Span<int> reach = radius < 256 ? stackalloc int[radius + 1] : new int[radius + 1];
        for (var dy = 0; dy <= radius; dy++)
        {
            reach[dy] = (int)Math.Sqrt(((double)radius * radius) - ((double)dy * dy));
        }

        dilated.Clear();
        var height = boundary.Length / width;
        for (var y = 0; y < height; y++)
        {
            // Outlines are thin, so painting a disk for each run of them costs little beside looking at every pixel's surroundings.
            var row = boundary.Slice(y * width, width);
            for (var start = row.IndexOf((byte)1); start >= 0 && start < width;)
            {
                var length = row[start..].IndexOf((byte)0);
                var end = length < 0 ? width : start + length;
                for (var other = Math.Max(0, y - radius); other <= Math.Min(height - 1, y + radius); other++)
                {
                    var wide = reach[Math.Abs(other - y)];
                    var from = Math.Max(0, start - wide);
                    dilated.Slice((other * width) + from, Math.Min(width, end + wide) - from).Fill(1);
                }

                var next = row[end..].IndexOf((byte)1);
                start = next < 0 ? width : end + next;
            }
        }
    }
}
