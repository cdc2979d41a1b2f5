using System.Text.Json;
using SwiftNet.Network;
using SwiftNet.Tracking;
using SwiftNet.Weights;

namespace SwiftNet.Snapshots;

/// <summary>
/// Makes a snapshot of a video whose writes are done. Numbers are stored in the format that they are kept in, so nothing is lost.
/// </summary>
internal static class SnapshotWriter
{
    /// <summary>The tensors of a video, copied to the host.</summary>
    public static Dictionary<string, StoredTensor> Tensors(Video video)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal)
        {
            [SnapshotNames.Picture] = StoredTensor.From(video.Input.Current),
        };
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
            AddGiven(tensors, SnapshotNames.Given(i), video.Given.All[i]);
        }

        return tensors;
    }

    /// <summary>The numbers of a video as JSON.</summary>
    /// <param name="video">The video.</param>
    /// <param name="varied">The trigger's count.</param>
    /// <param name="boxOf">Where each object was in the camera's frame; null where there are no windows.</param>
    public static string State(Video video, long varied, Func<byte, BoxHistory>? boxOf) => JsonSerializer.Serialize(new SnapshotState
    {
        NetworkWidth = video.Size.Width,
        NetworkHeight = video.Size.Height,
        Width = video.Width,
        Height = video.Height,
        Window = boxOf is null ? null : video.Window,
        Frame = video.Frame,
        Varied = varied,
        UpdatePixels = video.Memory.UpdatePixels,
        Slots = video.Memory.Slots,
        Masks = Array.ConvertAll(video.Ids, id => (int)id),
        Objects = [.. video.Objects.All.Select(followed => Of(followed, video, boxOf?.Invoke(followed.Id)))],
        Given = [.. video.Given.All.Select(Of)],
    });

    private static SnapshotGiven Of(FirstFrame given) => new()
    {
        Ids = Array.ConvertAll(given.Ids, id => (int)id),
        All = given.Bytes.All is not null,
        Near = given.Near is null ? null : Of(given.Near),
    };

    private static void AddGiven(Dictionary<string, StoredTensor> tensors, string name, FirstFrame given)
    {
        var (picture, masks, all) = given.Bytes;
        tensors.Add(name + ".picture", StoredTensor.From(picture));
        tensors.Add(name + ".masks", StoredTensor.From(masks));
        if (all is not null)
        {
            tensors.Add(name + ".all", StoredTensor.From(all));
        }

        if (given.Near is { } near)
        {
            AddGiven(tensors, SnapshotNames.Near(name), near);
        }
    }

    private static SnapshotObject Of(FollowedObject followed, Video video, BoxHistory? box)
    {
        var memory = video.Memory.Of(followed.Id);
        return new SnapshotObject
        {
            Id = followed.Id,
            Since = followed.Since,
            Paused = followed.Paused,
            Sight = followed.Sight.History,
            Box = box,
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
