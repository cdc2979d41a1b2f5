using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Commands;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

public sealed class SegmentReportTests
{
    [Fact]
    public async Task Results_that_are_not_there_are_not_named()
    {
        using var folder = new TemporaryFolder();
        var settings = new Settings
        {
            Capture = new CaptureOptions { Source = "test:moving?size=160x96&frames=2", Live = LiveMode.False },
            Output = new OutputOptions { Directory = folder.Root, JsonLines = true },
            Web = new WebOptions { Enabled = false },
        };
        await using var pipeline = new PipelineHost(new Configured(settings, new ConfigurationBuilder().Build()));
        await pipeline.RunAsync();
        var report = new StringWriter();

        SegmentReport.Write(report, pipeline, TimeSpan.FromSeconds(1), folder.Root);

        Assert.Contains(folder["objects.jsonl"], report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("overlay.mp4", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("masks", report.ToString(), StringComparison.Ordinal);
    }
}
