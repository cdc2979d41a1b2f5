namespace SwiftNet.Live.Commands.Eval;

/// <summary>How many objects were found again, and on how many tails something else was.</summary>
internal static class AbsenceReport
{
    /// <summary>Runs the clips and writes a line for each, and one for all, which is the last.</summary>
    public static void Write(IEnumerable<AbsenceRun> runs, TextWriter to)
    {
        var (clips, again, wrong) = (0, 0, 0);
        foreach (var run in runs)
        {
            var (clip, found, falsely) = run.Run();
            clips++;
            again += found is null ? 0 : 1;
            wrong += falsely is null ? 0 : 1;
            to.WriteLine(
                $"{clip.Sequence}: {(found is null ? "not found again within a second" : $"found again after {found} pictures")}; tail: "
                    + $"{(falsely is null ? "nothing found" : $"something else found after {falsely} pictures")}");
        }

        to.WriteLine(
            $"found again {again} of {clips} ({100.0 * again / clips:0} %), false recoveries on {wrong} of {clips} tails "
                + $"({100.0 * wrong / clips:0} %)");
    }
}
