using System.Diagnostics;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Bench;

/// <summary>Measures one case inside the running pipeline: capture, queues and all four stages, a folder of nothing but masks in
/// memory.</summary>
internal static class BenchPipeline
{
    /// <summary>Runs the test pattern through the pipeline, every frame kept, nothing written to disk.</summary>
    public static async Task<BenchResult> MeasureAsync(Configured configured, BenchCase bench, int frames)
    {
        var folder = Directory.CreateTempSubdirectory("swiftnet-bench-");
        try
        {
            var mask = Path.Combine(folder.FullName, "mask.png");
            using (var picture = new BenchPicture(bench.Size))
            {
                IndexedPng.Write(mask, picture.Mask(bench.Objects));
            }

            var settings = configured.Settings;
            settings = settings with
            {
                Capture = new CaptureOptions { Source = $"test:moving?size={bench.Size}&frames={frames}", Live = LiveMode.False },
                Objects = new ObjectsOptions { Mask = mask },
                Memory = settings.Memory with { PreviousFrame = bench.PreviousFrame },
                Segment = settings.Segment with { Size = FrameSize.Native },
                Output = new OutputOptions { Directory = folder.FullName, Overlay = false, Masks = false, JsonLines = false },
                Web = settings.Web with { Enabled = false },
                Metrics = new MetricsOptions(),
            };
            await using var pipeline = new PipelineHost(configured.With(settings));
            var clock = new Stopwatch();
            pipeline.Run.Started.Register(clock.Start);
            await pipeline.RunAsync();
            clock.Stop();
            return new BenchResult { Parts = new(StringComparer.Ordinal) { ["total"] = [clock.Elapsed.TotalMilliseconds / frames] } };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
