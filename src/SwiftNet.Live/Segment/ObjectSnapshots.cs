using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>In a fleet: a camera's objects go on from the snapshot of the activation before, and snapshots of them are made when they are
/// asked for. Lives on the segment thread.</summary>
/// <param name="snapshots">Where they come from and go to. An empty snapshot means that no object is to be tracked.</param>
/// <param name="objects">The objects.</param>
/// <param name="table">Their list, which says when they have changed.</param>
/// <param name="logger">The log of restored and rejected snapshots.</param>
internal sealed partial class ObjectSnapshots(CameraSnapshots snapshots, LiveObjects objects, ObjectTable table, ILogger logger)
{
    private long _revision;

    /// <summary>Goes on where the activation before was; without a snapshot nothing happens.</summary>
    public void Resume()
    {
        try
        {
            if (snapshots.Resume is { Length: 0 })
            {
                objects.Reset(revision: null);
            }
            else if (snapshots.Resume is { } bytes)
            {
                using var file = new MemoryStream(bytes);
                objects.Restore(file, revision: null);
            }
        }
        catch (ControlRefusedException e)
        {
            Log.CannotResume(logger, e.Message);
        }

        _revision = table.Current.Revision;
    }

    /// <summary>Between two frames.</summary>
    public void Look()
    {
        if (snapshots.IsAsked)
        {
            Leave();
        }

        if (table.Current.Revision is var revision && revision != _revision)
        {
            _revision = revision;
            snapshots.Changed?.Invoke();
        }
    }

    /// <summary>Leaves one of this moment; none while no object was ever given.</summary>
    public void Leave()
    {
        if (!objects.Begun)
        {
            return;
        }

        using var file = new MemoryStream();
        try
        {
            if (!objects.IsEmpty)
            {
                objects.Save(file);
            }
        }
        catch (ControlRefusedException)
        {
            // An object is still catching up: the next frame asks again.
            return;
        }

        snapshots.Put(file.ToArray());
    }

    private static partial class Log
    {
        [LoggerMessage(
            30,
            LogLevel.Error,
            "The objects of the activation before cannot be followed on: {Message} The camera starts with those of its configuration")]
        public static partial void CannotResume(ILogger logger, string message);
    }
}
