using SwiftNet.Live.Hosting;

namespace SwiftNet.Live.Commands;

/// <summary>The report at the end of a run.</summary>
internal static class SegmentReport
{
    private static readonly (string Name, string File)[] s_results =
    [
        ("masks", "masks"), ("object lines", "objects.jsonl"), ("overlay", "overlay.mp4"),
    ];

    /// <summary>Writes it; of the results in <paramref name="folder"/> it names those that are there.</summary>
    public static void Write(TextWriter to, PipelineHost pipeline, TimeSpan elapsed, string folder)
    {
        var ledger = pipeline.Run.Ledger.Snapshot();
        var frames = ledger.Captured - ledger.Balance;
        to.WriteLine(
            $"frames             {frames} in {elapsed.TotalSeconds:0.0} s: {ledger.Written / Math.Max(1e-3, elapsed.TotalSeconds):0.0} "
                + "fps");
        to.WriteLine($"capture to mask    {pipeline.Run.CaptureToMask.Snapshot()}");
        to.WriteLine($"capture to output  {pipeline.Run.CaptureToOutput.Snapshot()}");
        to.WriteLine($"ledger             {ledger}");
        foreach (var line in LeftOutFrames.Describe(ledger, pipeline.Run.Parts, pipeline.Source.FrameRate))
        {
            to.WriteLine($"left out           {line}");
        }

        if (pipeline.Run.Budget.TooSlow is { } advice)
        {
            to.WriteLine($"too slow           {advice}");
        }

        if (pipeline.Source.FrameCount is { } all && ledger.Captured < all)
        {
            to.WriteLine($"stopped early      {ledger.Captured} of {all} frames were captured");
        }

        foreach (var (name, file) in s_results)
        {
            if (ledger.Captured > 0 && Path.Combine(folder, file) is var path && Path.Exists(path))
            {
                to.WriteLine($"{name,-19}{path}");
            }
        }
    }
}
