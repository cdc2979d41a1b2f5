using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Output.Recording;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output;

public sealed class OutputStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_encoder_killed_in_the_middle_costs_the_video_and_nothing_else()
    {
        var video = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        var killer = new NumberSink(failure: number =>
        {
            if (number == 5)
            {
                using var child = Process.GetProcessById(video.ChildId!.Value);
                child.Kill();
                child.WaitForExit();
            }

            return null;
        });
        var settings = new Settings
        {
            Capture = new CaptureOptions { Source = "test:moving?size=160x96&frames=20", Live = LiveMode.False },
            Output = new OutputOptions { Directory = _folder.Root, Masks = true, JsonLines = true },
            Web = new WebOptions { Enabled = false },
        };

        LedgerSnapshot ledger;
        await using (var pipeline = new PipelineHost(
            new Configured(settings, new ConfigurationBuilder().Build()),
            services => services.AddSingleton<IFrameSink>(video).AddSingleton<IFrameSink>(killer)))
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(pipeline.RunAsync);
            Assert.StartsWith("overlay video could not be completed: ffmpeg exited with code 137", error.Message, StringComparison.Ordinal);
            ledger = pipeline.Run.Ledger.Snapshot();
        }

        await video.DisposeAsync();
        Assert.Equal((20, 6, 14), (ledger.Captured, ledger.Written, ledger.Failed));
        Assert.Equal(["objects.jsonl"], _folder.Names);
        Assert.Equal(20, (await File.ReadAllLinesAsync(_folder["objects.jsonl"], TestContext.Current.CancellationToken)).Length);
        Assert.Equal(20, Directory.GetFiles(_folder["masks"], "*.png").Length);
    }
}
