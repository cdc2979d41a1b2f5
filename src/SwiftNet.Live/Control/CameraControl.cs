using System.Text;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Control;

/// <summary>One camera as controllers use it: recent frames, objects, and the commands for them. Any thread may call it.</summary>
internal sealed class CameraControl : IDisposable
{
    private readonly PointedFrames _pointed;
    private readonly PromptQueue _prompts;
    private readonly bool _takesCommands;

    /// <summary>Prepares it.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="objectEvents">Receives changes of objects.</param>
    /// <param name="prompts">Finds masks.</param>
    /// <param name="zones">The camera's zones and lines, whose events are broadcast too.</param>
    /// <param name="time">The clock.</param>
    public CameraControl(
        CameraSettings camera,
        ObjectEventBroadcaster objectEvents,
        PromptQueue prompts,
        CameraZones zones,
        TimeProvider time)
    {
        var (name, options) = (camera.Name, camera.Settings.Objects);
        Name = name;
        _prompts = prompts;
        _takesCommands = camera.Settings.TakesCommands();
        HidesPictures = camera.Settings.Output.Privacy.Hide != Hidden.None;
        LargestFile = (long)options.FileMegabytes << 20;
        Frames = new KeptFrames(TimeSpan.FromSeconds(options.HistorySeconds), (long)options.HistoryMegabytes << 20, time);
        _pointed = new PointedFrames(time);
        Table = new ObjectTable(name, objectEvents, time);
        Commands = new CommandQueue<LiveObjects>(name, time);
        Zones = zones;
        zones.Happened = frame =>
        {
            for (var i = 0; i < frame.ZoneEvents.Count; i++)
            {
                objectEvents.Publish(ObjectChangeEvent.Of(name, Table.Current.Revision, frame.ZoneEvents[i], frame.CapturedTime));
            }
        };
    }

    /// <summary>The camera's name.</summary>
    public string Name { get; }

    /// <summary>Whether no picture may be shown as it was captured.</summary>
    public bool HidesPictures { get; }

    /// <summary>What a file of objects may hold, in bytes.</summary>
    public long LargestFile { get; }

    /// <summary>The last few seconds.</summary>
    public KeptFrames Frames { get; }

    /// <summary>The objects.</summary>
    public ObjectTable Table { get; }

    /// <summary>The zones and lines.</summary>
    public CameraZones Zones { get; }

    /// <summary>The way to the segment thread.</summary>
    public CommandQueue<LiveObjects> Commands { get; }

    /// <summary>Keeps a frame for a while, so that a client can point at it, where control is on.</summary>
    public void Keep(Frame frame)
    {
        if (!_takesCommands)
        {
            return;
        }

        Frames.Put(new KeptFrame(frame));
        _pointed.Forget();
    }

    /// <summary>The newest frame; held for the caller.</summary>
    /// <exception cref="ControlRefusedException">There is none yet.</exception>
    public KeptFrame Newest() =>
        Frames.Newest() ?? throw new ControlRefusedException(Refusal.Conflict, $"Camera {Name} has given no frame yet.");

    /// <summary>The frame of this number, or one near it where it was left out for want of room; or the newest. It then stays for a minute.
    /// Held for the caller.</summary>
    /// <exception cref="ControlRefusedException">It is not kept, or there is none yet.</exception>
    public KeptFrame Frame(long? number)
    {
        if (Frames.Range() is not { } kept)
        {
            throw new ControlRefusedException(Refusal.Conflict, $"Camera {Name} has given no frame yet.");
        }

        return _pointed.Get(number ?? kept.Newest, Frames.Nearest)
            ?? throw new ControlRefusedException(
                Refusal.Gone, $"Frame {number} is not kept: frames {kept.Oldest} to {kept.Newest} are. Take a newer one.");
    }

    /// <summary>The mask that a prompt is understood as; nothing is changed.</summary>
    /// <param name="ask">The prompt and its frame.</param>
    /// <param name="corrected">The object that it would put right, or null.</param>
    /// <param name="revision">The revision that it was made for, or null.</param>
    /// <param name="cancellation">Lets the caller go.</param>
    /// <exception cref="ControlRefusedException">It cannot be done; the message says why.</exception>
    public async Task<Proposal> ProposeAsync(Ask ask, byte? corrected, long? revision, CancellationToken cancellation)
    {
        Table.Expect(revision);
        using var frame = Frame(ask.Frame);
        var found = await FindAsync(frame, ask, corrected, cancellation);
        return new Proposal(
            frame.Number,
            new PromptRuns([found.Height, found.Width], found.Counts()),
            found.Area,
            [found.Box.X, found.Box.Y, found.Box.Width, found.Box.Height],
            Math.Round(found.Took.TotalMilliseconds, 1));
    }

    /// <summary>Follows one more object.</summary>
    /// <inheritdoc cref="ProposeAsync"/>
    public async Task<Changed> AddAsync(Ask ask, long? revision, CancellationToken cancellation)
    {
        var (name, colour) = (AskRules.Name(ask.Name), AskRules.Colour(ask.Colour));
        Table.Expect(revision);
        using var frame = Frame(ask.Frame);
        var found = await FindAsync(frame, ask, corrected: null, cancellation);
        return await Commands.AskAsync(objects => objects.Add(frame, found.Pixels, name, colour, revision), cancellation);
    }

    /// <summary>Puts an object right.</summary>
    /// <inheritdoc cref="ProposeAsync"/>
    public async Task<Changed> CorrectAsync(byte id, Ask ask, long? revision, CancellationToken cancellation)
    {
        Table.Expect(revision);
        using var frame = Frame(ask.Frame);
        var found = await FindAsync(frame, ask, id, cancellation);
        return await Commands.AskAsync(objects => objects.Correct(id, frame, found.Pixels, revision), cancellation);
    }

    /// <summary>Renames, recolours, pauses or lets go on.</summary>
    /// <exception cref="ControlRefusedException">It cannot be done; the message says why.</exception>
    public Task<Changed> ChangeAsync(byte id, Change change, long? revision, CancellationToken cancellation)
    {
        var (name, colour) = (AskRules.Name(change.Name), AskRules.Colour(change.Colour));
        return Commands.AskAsync(objects => objects.Change(id, name, colour, change.Paused, revision), cancellation);
    }

    /// <summary>Follows an object no longer; returns the revision.</summary>
    /// <exception cref="ControlRefusedException">It cannot be done; the message says why.</exception>
    public Task<long> RemoveAsync(byte id, long? revision, CancellationToken cancellation) =>
        Commands.AskAsync(objects => objects.Remove(id, revision), cancellation);

    /// <summary>Follows nothing any more; returns the revision.</summary>
    /// <exception cref="ControlRefusedException">It cannot be done; the message says why.</exception>
    public Task<long> ResetAsync(long? revision, CancellationToken cancellation) =>
        Commands.AskAsync(objects => objects.Reset(revision), cancellation);

    /// <summary>The objects with their memory, as a file.</summary>
    /// <exception cref="ControlRefusedException">It cannot be done; the message says why.</exception>
    public Task<byte[]> SaveAsync(CancellationToken cancellation) => Commands.AskAsync(
        objects =>
        {
            using var file = new MemoryStream();
            objects.Save(file);
            return file.ToArray();
        },
        cancellation);

    /// <summary>Follows the objects of such a file, in place of all there are.</summary>
    /// <exception cref="ControlRefusedException">It cannot be done; the message says why.</exception>
    public async Task<ObjectList> RestoreAsync(Stream file, long? revision, CancellationToken cancellation)
    {
        Newest().Dispose();
        return await Commands.AskAsync(objects => objects.Restore(file, revision), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Commands.Close();
        Frames.Dispose();
        _pointed.Dispose();
    }

    private async Task<FoundMask> FindAsync(KeptFrame frame, Ask ask, byte? corrected, CancellationToken cancellation)
    {
        if (corrected is { } id)
        {
            Table.Get(id);
        }

        var prompt = ask.Prompt
            ?? throw new ControlRefusedException(
                Refusal.Unusable, "There is no prompt: mark the object with a box, a polygon, points or a mask.");
        prompt = corrected is { } on ? OnTopOf(frame, on, prompt) : prompt;
        try
        {
            return await _prompts.FindAsync(frame.Bgr, frame.Width, frame.Height, prompt, cancellation);
        }
        catch (PromptException e)
        {
            var why = e.Fault switch
            {
                PromptFault.TooLarge => Refusal.TooLarge,
                PromptFault.WrongType => Refusal.WrongType,
                _ => Refusal.Unusable,
            };
            throw new ControlRefusedException(why, e.Message, e);
        }
    }

    // Points alone add to what the object is on that frame, and take from it.
    private static Prompt OnTopOf(KeptFrame frame, byte id, Prompt prompt)
    {
        if (prompt is not { Box: null, Polygon: null, MaskPng: null, MaskRle: null, Points: not null }
            || frame.Ids is not { } ids
            || !ids.AsSpan().Contains(id))
        {
            return prompt;
        }

        var runs = new RunLengths();
        runs.Measure(ids, frame.Width);
        return prompt with { MaskRle = new PromptRuns([frame.Height, frame.Width], Encoding.ASCII.GetString(runs.Finish(id))) };
    }
}
