using System.Xml.Linq;
using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests;

/// <summary>The clips that the demo shows: each has a mask of its first frame, which is its outline filled.</summary>
public sealed class SamplesTests
{
    [Theory]
    [InlineData("cup", 217, 2)]
    [InlineData("cockatoo", 280, 1)]
    public void A_sample_decodes_whole_and_its_mask_fits_its_first_frame(string name, int frames, int objects)
    {
        var mask = IndexedPng.Read(Sample($"{name}-mask.png"));
        using var clip = new VideoCapture(Sample($"{name}.mp4"), VideoCaptureAPIs.FFMPEG);
        using var frame = new Mat();

        Assert.True(clip.Read(frame));
        Assert.Equal((frame.Width, frame.Height), (mask.Width, mask.Height));
        Assert.Equal(Enumerable.Range(0, objects + 1), mask.Ids.Distinct().Order().Select(id => (int)id));

        var decoded = 1;
        while (clip.Read(frame))
        {
            decoded++;
        }

        Assert.Equal(frames, decoded);
    }

    [Theory]
    [InlineData("cup")]
    [InlineData("cockatoo")]
    public void A_mask_is_its_outlines_filled(string name)
    {
        const int FractionBits = 4;
        var mask = IndexedPng.Read(Sample($"{name}-mask.png"));
        using var drawn = new Mat(mask.Height, mask.Width, MatType.CV_8UC1, Scalar.Black);
        foreach (var polygon in XDocument.Load(Sample($"{name}-mask.svg")).Root!.Elements().Where(e => e.Name.LocalName == "polygon"))
        {
            // An outline counts from a pixel's corner, OpenCV from its centre.
            var corners = polygon.Attribute("points")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(point => point.Split(','))
                .Select(xy => new Point(Fixed(xy[0]), Fixed(xy[1])));
            var id = int.Parse(polygon.Attribute("id")!.Value.Split('-')[1]);
            drawn.FillPoly([corners], Scalar.All(id), shift: FractionBits);
        }

        drawn.GetArray(out byte[] ids);
        var different = ids.Zip(mask.Ids).Count(pair => pair.First != pair.Second);
        Assert.InRange(different, 0, ids.Length / 200);

        static int Fixed(string number) => (int)Math.Round((double.Parse(number) - 0.5) * (1 << FractionBits));
    }

    private static string Sample(string file) => Path.Combine(Repository.Folder, "samples", file);
}
