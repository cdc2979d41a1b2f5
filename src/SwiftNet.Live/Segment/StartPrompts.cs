using Microsoft.Extensions.Logging;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>
/// The objects of the configuration, until they are found. Of a file they are found on its first frame, or the run ends. A live camera may
/// begin with dark pictures, or with the object out of the picture: each prompt is tried again on later ones, and neither the camera nor
/// the service ends for it. Lives on the segment thread.
/// </summary>
/// <param name="prompts">The prompts.</param>
/// <param name="retries">Whether the source is a live camera.</param>
/// <param name="mostObjects">Objects that there may be.</param>
/// <param name="network">The network.</param>
/// <param name="time">The clock.</param>
/// <param name="run">Where is reported what is still to be found.</param>
/// <param name="logger">The log.</param>
internal sealed partial class StartPrompts(
    ObjectPrompts prompts, bool retries, int mostObjects, SharedNetwork network, TimeProvider time, PipelineRun run, ILogger logger)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);
    private readonly RetryTime _retry = new(time, s_firstWait, s_longestWait);
    private List<ObjectPrompts> _open = [.. prompts.Single()];

    /// <summary>Whether something is still to be found.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>Looks for what is still to be found, where it is time to.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="followed">The objects that are followed already, whose ids stay theirs.</param>
    /// <returns>A mask of the objects that were found, of the frame's size; null for none.</returns>
    /// <exception cref="UserErrorException">Of a file: a prompt cannot be used; the message says which and why.</exception>
    public IdMask? Find(Frame frame, IReadOnlyList<byte> followed)
    {
        if (!retries)
        {
            var mask = FirstMask.Create(frame.Pixels.Array, frame.Width, frame.Height, prompts, network, logger);
            Allow(mask, followed);
            _open = [];
            return mask;
        }

        return _retry.IsOver ? FindNow(frame, followed) : null;
    }

    /// <summary>What is still to be found is looked for no more: the objects were changed by a command.</summary>
    public void GiveUp()
    {
        _open = [];
        run.StartPrompts = null;
    }

    private IdMask? FindNow(Frame frame, IReadOnlyList<byte> followed)
    {
        var (found, why) = ((IdMask?)null, new List<string>());
        foreach (var prompt in _open.ToArray())
        {
            try
            {
                PictureContrast.Require(frame);
                var mask = Found(frame, prompt, [.. followed, .. found?.DistinctIds() ?? []]);
                found = found is null ? mask : Together(found, mask);
                _open.Remove(prompt);
            }
            catch (UserErrorException e)
            {
                why.Add(e.Message);
                if (prompt.MaskPath is not null)
                {
                    // The ids of the others follow those of the mask.
                    break;
                }
            }
        }

        Report(why.Count == 0 ? null : string.Join(" ", why.Distinct()));
        return found;
    }

    // One prompt's objects, with ids that no other object has.
    private IdMask Found(Frame frame, ObjectPrompts prompt, IReadOnlyList<byte> taken)
    {
        var mask = FirstMask.Create(frame.Pixels.Array, frame.Width, frame.Height, prompt, network, logger);
        Allow(mask, taken);
        var ids = new byte[VideoSegmenter.MaxObjects + 1];
        var used = new HashSet<byte>(taken);
        foreach (var id in mask.DistinctIds())
        {
            // Allowed, so there is one.
            ids[id] = used.Contains(id)
                ? Enumerable.Range(1, VideoSegmenter.MaxObjects).Select(n => (byte)n).First(n => !used.Contains(n))
                : id;
            used.Add(ids[id]);
        }

        return new IdMask(mask.Width, mask.Height, Array.ConvertAll(mask.Ids, id => ids[id]));
    }

    private void Allow(IdMask mask, IReadOnlyList<byte> taken)
    {
        if (mask.DistinctIds().Length + taken.Count is var objects && objects > mostObjects)
        {
            throw new UserErrorException($"The first mask holds {objects} objects; Budget:MaxObjects allows {mostObjects}.");
        }
    }

    private static IdMask Together(IdMask first, IdMask second) =>
        new(first.Width, first.Height, [.. first.Ids.Zip(second.Ids, (before, now) => now == 0 ? before : now)]);

    private void Report(string? why)
    {
        if (why is null)
        {
            if (run.StartPrompts is not null)
            {
                Log.Found(logger);
            }
        }
        else
        {
            _retry.Failed();
            if (why != run.StartPrompts)
            {
                Log.NotFound(logger, why);
            }
        }

        run.StartPrompts = why;
    }

    private static partial class Log
    {
        [LoggerMessage(
            40, LogLevel.Warning, "What is to be followed from the start is not found yet, and is looked for on later pictures. {Why}")]
        public static partial void NotFound(ILogger logger, string why);

        [LoggerMessage(41, LogLevel.Information, "What was to be followed from the start is found")]
        public static partial void Found(ILogger logger);
    }
}
