namespace SwiftNet.Live.Commands;

/// <summary>What a run tells when it has ended.</summary>
internal static class SegmentReport
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter to, PipelineHost pipeline, TimeSpan elapsed, string folder)
    {
        var ledger = pipeline.Run.Ledger.Snapshot();
        var frames = ledger.Captured - ledger.Balance;
        to.WriteLine($"frames             {frames} in {elapsed.TotalSeconds:0.0} s: {ledger.Written / Math.Max(1e-3, elapsed.TotalSeconds):0.0} fps");
        to.WriteLine($"capture to mask    {pipeline.Run.CaptureToMask.Snapshot()}");
        to.WriteLine($"capture to output  {pipeline.Run.CaptureToOutput.Snapshot()}");
        to.WriteLine($"ledger             {ledger}");
        if (pipeline.Source.FrameCount is { } all && ledger.Captured < all)
        {
            to.WriteLine($"stopped early      {ledger.Captured} of {all} frames were captured");
        }

        to.WriteLine($"overlay            {Path.Combine(folder, "overlay.mp4")}");
    }
}
