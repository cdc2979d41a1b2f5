using System.Text.Json;
using SwiftNet.Network;
using SwiftNet.Weights;

namespace SwiftNet.Snapshots;

/// <summary>Makes a snapshot of a video whose writes are done. Numbers are stored in the format that they are kept in, so nothing is lost.</summary>
internal static class SnapshotWriter
{
    /// <summary>The tensors of a video, copied to the host.</summary>
    public static Dictionary<string, StoredTensor> Tensors(Video video)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal) { [SnapshotNames.Picture] = StoredTensor.From(video.Input.Current) };
        if (video.Ids.Length > 0)
        {
            tensors.Add(SnapshotNames.Masks, StoredTensor.From(video.Probabilities));
        }

        foreach (var memory in video.Memory.Objects)
        {
            tensors.Add(SnapshotNames.Object(memory.Id, "keys"), StoredTensor.From(memory.MatchedKeys));
            tensors.Add(SnapshotNames.Object(memory.Id, "looks"), StoredTensor.From(memory.Looks));
            tensors.Add(SnapshotNames.Object(memory.Id, "values"), StoredTensor.From(memory.MatchedValues));
            if (memory.Content.Previous)
            {
                tensors.Add(SnapshotNames.Object(memory.Id, "ground"), StoredTensor.From(memory.PreviousGround));
            }

            if (memory.Pending is { } pending)
            {
                tensors.Add(SnapshotNames.Object(memory.Id, "pending"), StoredTensor.From(pending));
            }
        }

        for (var i = 0; i < video.Given.All.Count; i++)
        {
            var given = video.Given.All[i].Bytes;
            tensors.Add(SnapshotNames.Given(i, "picture"), StoredTensor.From(given.Picture));
            tensors.Add(SnapshotNames.Given(i, "masks"), StoredTensor.From(given.Masks));
            if (given.All is { } all)
            {
                tensors.Add(SnapshotNames.Given(i, "all"), StoredTensor.From(all));
            }
        }

        return tensors;
    }

    /// <summary>The numbers of a video as JSON.</summary>
    /// <param name="video">The video.</param>
    /// <param name="varied">The trigger's count.</param>
    public static string State(Video video, long varied) => JsonSerializer.Serialize(new SnapshotState
    {
        NetworkWidth = video.Size.Width,
        NetworkHeight = video.Size.Height,
        Width = video.Width,
        Height = video.Height,
        Frame = video.Frame,
        Varied = varied,
        UpdatePixels = video.Memory.UpdatePixels,
        Slots = video.Memory.Slots,
        Masks = Array.ConvertAll(video.Ids, id => (int)id),
        Objects = [.. video.Objects.All.Select(followed => Of(followed, video))],
        Given = [.. video.Given.All.Select(given => new SnapshotGiven { Ids = Array.ConvertAll(given.Ids, id => (int)id), All = given.Bytes.All is not null })],
    });

    private static SnapshotObject Of(FollowedObject followed, Video video)
    {
        var memory = video.Memory.Of(followed.Id);
        return new SnapshotObject
        {
            Id = followed.Id,
            Since = followed.Since,
            Paused = followed.Paused,
            Sight = followed.Sight.History,
            Trusted = memory.Content.Trusted,
            TrustedRows = memory.Content.TrustedRows,
            PreviousRows = memory.Content.PreviousRows,
            Previous = memory.Content.Previous,
            Ground = memory.Content.Previous,
            Pending = memory.Pending is not null,
            Updates = memory.Content.Updates,
        };
    }
}
