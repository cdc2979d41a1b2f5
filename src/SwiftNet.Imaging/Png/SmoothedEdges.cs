namespace SwiftNet.Imaging.Png;

/// <summary>Whether a mask was drawn with smoothed edges: values between those of its areas, each a step on the way from one to the
/// other.</summary>
internal static class SmoothedEdges
{
    // Fewer values may well be ids that touch.
    private const int LeastValues = 3;

    /// <summary>Whether most of what lies between the areas lies on such a way. An area is what has a neighbour of its own value at every
    /// side; its value is no step.</summary>
    /// <param name="values">Grey values or colours, row by row; colours go by their lightness.</param>
    /// <param name="width">Columns.</param>
    public static bool AreIn(ReadOnlySpan<int> values, int width)
    {
        var height = values.Length / width;
        var areas = new Dictionary<int, int>();
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var value = values[at];
                if (value == values[at - 1] && value == values[at + 1] && value == values[at - width] && value == values[at + width])
                {
                    areas[value] = areas.GetValueOrDefault(value) + 1;
                }
            }
        }

        var (between, onTheWay, kinds) = (0, 0, new HashSet<int>());
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                if (areas.ContainsKey(values[at]))
                {
                    continue;
                }

                between++;
                kinds.Add(values[at]);
                var (light, least, most) = (Lightness(values[at]), int.MaxValue, int.MinValue);
                foreach (var step in (ReadOnlySpan<int>)[-1, 1, -width, width, -width - 1, -width + 1, width - 1, width + 1])
                {
                    var other = Lightness(values[at + step]);
                    (least, most) = (Math.Min(least, other), Math.Max(most, other));
                }

                onTheWay += least < light && light < most ? 1 : 0;
            }
        }

        return kinds.Count >= LeastValues && areas.Count > 0 && 2 * onTheWay >= between;
    }

    private static int Lightness(int value) =>
        value < 0 ? 0 : value <= byte.MaxValue ? 3 * value : (value >> 16) + ((value >> 8) & 255) + (value & 255);
}
