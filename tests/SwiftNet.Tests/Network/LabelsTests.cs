using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class LabelsTests
{
    [Fact]
    public void Up_sampling_the_difference_is_the_difference_of_the_up_sampled()
    {
        using var scope = torch.NewDisposeScope();
        var logits = PlainMap.Random(2, 5, 6, 1);

        var found = Labels.UpSample(PlainMap.Tensor(false, logits));

        var full = logits.UpSample(4);
        var difference = new PlainMap(1, 20, 24);
        for (var i = 0; i < difference.Values.Length; i++)
        {
            difference.Values[i] = full.Values[difference.Values.Length + i] - full.Values[i];
        }

        PlainMap.AssertClose(difference, found.unsqueeze(0), 1e-5);
    }

    [Fact]
    public void A_pixel_gets_the_likeliest_label_and_the_background_is_what_is_missing()
    {
        // Columns: 9 wins; 4 wins; the background wins with 0.4 over 0.3 and 0.3; all background; 4 alone.
        var (ids, confidences, _) = Fetch([4, 9], [0.1f, 0.6f, 0.3f, 0, 1, 0.7f, 0.3f, 0.3f, 0, 0], 5);

        Assert.Equal([9, 4, 0, 0, 4], ids);
        Assert.Equal(4, confidences[0].Id);
        Assert.Equal(0.8, confidences[0].Confidence, 1e-5); // mean of 0.6 and 1
        Assert.Equal(0.7, confidences[1].Confidence, 1e-5);
    }

    [Fact]
    public void One_object_needs_more_than_half_and_without_a_pixel_has_no_confidence()
    {
        Assert.Equal([0, 200, 0, 200], Fetch([200], [0.5f, 0.51f, 0.1f, 1], 4).Ids);
        var (ids, confidences, _) = Fetch([200], [0.5f, 0.4f, 0.3f, 0], 4);
        Assert.Equal([0, 0, 0, 0], ids);
        Assert.Equal(0, confidences[0].Confidence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(65_537)]
    [InlineData(8_294_400)] // every pixel of 3840x2160
    public void The_triggers_count_comes_along_exactly(long varied) => Assert.Equal(varied, Fetch([1], [0, 0, 0, 1], 4, varied).Varied);

    [Fact]
    public void Cells_of_any_object_are_marked()
    {
        using var scope = torch.NewDisposeScope();
        using var video = new Video(new PaddedSize(40, 20), 40, 20, new MemoryOptions(), NetworkWeights.Fast);

        var cells = Labels.Cells(video, torch.tensor((long[])[0, 4, 4, 5], 2, 2));

        Assert.Equal((3, 2), (cells.Width, cells.Height));
        Assert.Equal([1, 0, 0, 0, 1, 1], cells.Ids);
    }

    private static (byte[] Ids, ObjectConfidence[] Confidences, long Varied) Fetch(
        byte[] objects, float[] probabilities, int width, long varied = 0)
    {
        using var scope = torch.NewDisposeScope();
        using var video = new Video(new PaddedSize(width, 1), width, 1, new MemoryOptions(), NetworkWeights.Fast);
        video.AddObjects(objects, torch.tensor(probabilities, objects.Length, 1, width));
        video.Keep(new FrameFeatures(torch.zeros(1), torch.zeros(1), torch.zeros(1), torch.ones(1, 256, 1, video.Size.Cells)));
        Array.ForEach(objects, id => video.Memory.Add(id, torch.zeros(video.Size.Cells, 32), torch.zeros(video.Size.Cells, 128)));
        var ids = new byte[width];
        var count = Labels.Fetch(video, torch.tensor((float[])[varied]), ids);
        return (ids, [.. video.Sightings.Zip(video.Ids, (seen, id) => new ObjectConfidence(id, (float)seen.Confidence))], count);
    }
}
