using SwiftNet.Imaging.Png;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Tests.Clips;

public sealed class VideoSequencesTests : IDisposable
{
    private readonly MadeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Davis_is_read_by_its_lists()
    {
        var train = VideoSequences.OpenDavis(_data.Davis, 2016, "train", _ => SequenceTraits.Default, Assert.Fail);

        Assert.Equal(["left", "right"], train.Select(s => s.Name));
        Assert.All(train, s => Assert.Equal(12, s.Length));
        Assert.All(train[0].Objects, objects => Assert.Equal(1, Assert.Single(objects).Id));
    }

    [Fact]
    public void Frames_whose_numbers_are_unpadded_come_in_the_order_of_their_numbers()
    {
        foreach (var (folder, extension) in (ReadOnlySpan<(string, string)>)[("JPEGImages", "jpg"), ("Annotations", "png")])
        {
            for (var t = 0; t < 12; t++)
            {
                var place = Path.Combine(_data.Davis, folder, "480p", "left");
                File.Move(Path.Combine(place, $"{t:00000}.{extension}"), Path.Combine(place, $"{t}.{extension}"));
            }
        }

        var left = VideoSequences.OpenDavis(_data.Davis, 2016, "train", _ => SequenceTraits.Default, Assert.Fail)[0];
        var boxes = left.Objects.Select(objects => Assert.Single(objects).Box.X).ToArray();

        Assert.Equal(boxes.Order(), boxes);
        Assert.NotEqual(boxes[0], boxes[^1]);
    }

    [Fact]
    public void A_missing_list_is_told()
    {
        var error = Assert.Throws<UserErrorException>(
            () => VideoSequences.OpenDavis(_data.Davis, 2016, "none", _ => SequenceTraits.Default, Assert.Fail));

        Assert.Contains("none.txt is missing", error.Message);
    }

    [Fact]
    public void YouTube_vos_is_read_where_it_is_annotated()
    {
        // Every third picture annotated; nothing is in the first of them.
        var root = Path.Combine(_data.Root, "youtube");
        var pictures = Directory.CreateDirectory(Path.Combine(root, "JPEGImages", "v1")).FullName;
        var masks = Directory.CreateDirectory(Path.Combine(root, "Annotations", "v1")).FullName;
        for (var t = 0; t < 12; t++)
        {
            File.Copy(Path.Combine(_data.Davis, "JPEGImages", "480p", "left", $"{t:00000}.jpg"), Path.Combine(pictures, $"{t:00000}.jpg"));
            if (t % 3 == 0)
            {
                File.Copy(
                    Path.Combine(_data.Davis, "Annotations", "480p", "left", $"{t:00000}.png"), Path.Combine(masks, $"{t:00000}.png"));
            }
        }

        IndexedPng.Write(Path.Combine(masks, "00000.png"), 120, 120, new byte[120 * 120]);
        var video = Assert.Single(VideoSequences.OpenYouTubeVos(root, _ => SequenceTraits.Default, Assert.Fail));

        Assert.Equal(4, video.Length);
        Assert.Empty(video.Objects[0]);
        Assert.Single(video.Objects[1]);
    }
}
