using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>Runs every setting of a sweep on every sequence.</summary>
/// <param name="sequences">What to segment.</param>
/// <param name="model">The network; it stays the caller's.</param>
/// <param name="settings">Segment:Size counts; each setting brings its own Memory section.</param>
internal sealed class SweepRun(IReadOnlyList<BenchmarkSequence> sequences, SwiftNetModel model, Settings settings)
{
    // Draws and sequences get seeds of their own.
    private const int DrawSeed = 1_000_003;

    /// <summary>Called before each run of a setting on a sequence: the sequence's number from 0, and how many have run on it.</summary>
    public Action<int, int> Starting { get; init; } = (_, _) => { };

    /// <summary>Called after each sequence that all settings have run on, with what there is so far.</summary>
    public Action<IReadOnlyList<SweepRow>> Completed { get; init; } = _ => { };

    /// <summary>
    /// Runs the sweep. On each sequence the settings take turns, each time beginning with another one, so that whatever else the machine
    /// does slows all of them.
    /// </summary>
    /// <param name="all">The settings.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="UserErrorException">A sequence cannot be used.</exception>
    /// <returns>A row a setting. All are of the same sequences: one that was interrupted counts for none.</returns>
    public IReadOnlyList<SweepRow> Run(IReadOnlyList<SweepSetting> all, CancellationToken cancellation)
    {
        var rows = all.Select(setting => new SweepRow(setting, [])).ToArray();
        for (var number = 0; number < sequences.Count; number++)
        {
            var results = new Dictionary<SweepSetting, SequenceResult>(all.Count);
            try
            {
                foreach (var setting in Turn(all, number))
                {
                    Starting(number, results.Count);
                    results.Add(setting, Run(number, setting, results, cancellation));
                }
            }
            catch (OperationCanceledException)
            {
                break;
            }

            rows = Array.ConvertAll(rows, row => new SweepRow(row.Setting, [.. row.Results, results[row.Setting]]));
            Completed(rows);
        }

        return rows;
    }

    /// <summary>The settings in the order of a sequence: chance comes right behind what it is the chance of.</summary>
    private IEnumerable<SweepSetting> Turn(IReadOnlyList<SweepSetting> all, int number)
    {
        var own = all.Where(setting => setting.ChanceOf is null).ToArray();
        var first = number * own.Length / sequences.Count;
        return own[first..].Concat(own[..first]).SelectMany(setting => all.Where(other => other.ChanceOf == setting).Prepend(setting));
    }

    private SequenceResult Run(
        int number, SweepSetting setting, Dictionary<SweepSetting, SequenceResult> results, CancellationToken cancellation)
    {
        var chance = setting.ChanceOf is { } other
            ? ChanceSchedule.Draw(results[other].Writes, results[other].Frames - 1, (DrawSeed * setting.Draw) + number)
            : null;
        using var run = new SequenceRun(
            sequences[number], model, settings with { Memory = setting.Memory }, masks: null, chance is null ? null : chance.Contains);
        var result = run.Run(cancellation);
        return result.Objects.Count > 0
            ? result
            : throw new UserErrorException(
                $"The sequence {result.Name} has no scored frame, so there is nothing to compare on it. Leave it out.");
    }
}
