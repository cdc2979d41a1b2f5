using SwiftNet.Imaging.Extents;

namespace SwiftNet.Live.Tests.Imaging;

public sealed class ObjectExtentsTests
{
    [Fact]
    public void Boxes_and_areas_are_those_counted_pixel_by_pixel()
    {
        var random = new Random(3);
        var extents = new ObjectExtents();
        for (var round = 0; round < 50; round++)
        {
            var (width, height) = (random.Next(1, 40), random.Next(1, 20));
            var ids = Enumerable.Range(0, width * height).Select(_ => (byte)(random.Next(3) == 0 ? random.Next(4) : 0)).ToArray();
            extents.Measure(ids, width);
            foreach (byte id in new byte[] { 1, 2, 3, 255 })
            {
                var own = Enumerable.Range(0, ids.Length).Where(i => ids[i] == id).ToArray();
                var expected = own.Length == 0
                    ? default
                    : new Extent(own.Min(i => i % width), own[0] / width, own.Max(i => i % width) + 1, (own[^1] / width) + 1, own.Length);
                Assert.Equal(expected, extents[id]);
            }
        }
    }
}
