using SwiftNet.Sights;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Carries a running video over to another network size.</summary>
internal static class Resizing
{
    /// <summary>
    /// Makes the same video at another size: first frames and the newest frame are encoded again, the newest is written and serves as the
    /// previous frame, and the updates that memory holds are taken over as they are. Disposes <paramref name="video"/> when all has gone
    /// well.
    /// </summary>
    public static Video Move(Video video, SwiftNetModel model, PaddedSize size, int width, int height, MemoryOptions options)
    {
        using var scope = torch.NewDisposeScope();
        var moved = video.At(size, width, height, options, model.Layout);
        try
        {
            foreach (var given in video.Given.All)
            {
                moved.Keep(model.Encoder.Forward(moved.Input.Next(given.Picture(size))));
                AddObjects(moved, model, given);
            }

            moved.Memory.TakeUpdates(video.Memory);
            moved.Keep(model.Encoder.Forward(moved.Input.Next(Refit.To(video.Input.Current, size))));
            TakeNewest(moved, model);
        }
        catch
        {
            moved.Dispose();
            throw;
        }

        moved.TakeGiven(video);
        video.Dispose();
        return moved;
    }

    private static void AddObjects(Video video, SwiftNetModel model, FirstFrame given)
    {
        using var scope = torch.NewDisposeScope();
        var (masks, all) = (video.Pad(given.Masks(video.Size)), given.All(video.Size));
        all = all is null ? null : video.Pad(all);
        for (var i = 0; i < given.Ids.Length; i++)
        {
            var encoded = model.Memorise(video.Features, masks.narrow(0, i, 1), all);
            video.Memory.AddTrusted(given.Ids[i], encoded.Keys[0], encoded.Values[0]);
            video.Memory.Of(given.Ids[i]).SetLook(Looks.Of(video.Features, Looks.Cells(masks.narrow(0, i, 1))));
        }
    }

    private static void TakeNewest(Video video, SwiftNetModel model)
    {
        using var scope = torch.NewDisposeScope();
        var (newest, ids) = (video.Newest, video.Objects.WrittenOn(video.Newest));
        if (ids.Length > 0)
        {
            var all = SoftMasks.All(newest.Masks.Maps);
            var masks = video.Pad(newest.Masks.Only(ids).Maps);
            var encoded = model.Memorise(newest.Features, masks, all is null ? null : video.Pad(all));
            video.Memory.Update(encoded, due: true, ids, Looks.Cells(masks));
        }
    }
}
