using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Painting;

/// <summary>What privacy hides is in nothing that leaves: the test pattern has its frame's number in its pixels, which anything that showed
/// them would show.</summary>
public sealed class PrivacyOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_mask_no_output_shows_a_thing()
    {
        var sink = new PictureSink();
        await using var preview = new MjpegPreview();
        var jpeg = preview.NextAsync(TestContext.Current.CancellationToken);
        var settings = new Settings
        {
            Capture = new CaptureOptions { Source = "test:moving?size=160x96&frames=6", Live = LiveMode.False },
            Web = new WebOptions { Enabled = false },
            Output = new OutputOptions
            {
                Directory = _folder.Root,
                Overlay = true,
                Recording = new RecordingOptions { Enabled = true, Picture = PictureKind.Raw },
                Privacy = new PrivacyOptions { Hide = Hidden.Objects, Style = HidingStyle.Black },
            },
        };
        await using (var pipeline = new PipelineHost(new Configured(settings, new ConfigurationBuilder().Build()), services => services.AddSingleton<IFrameSink>(_ => sink).AddSingleton<IFrameSink>(_ => preview)))
        {
            await pipeline.RunAsync();
        }

        Assert.Equal(6, sink.Pictures);
        Assert.Equal(0, sink.Brightest);
        using var seen = OpenCvSharp.Cv2.ImDecode((await jpeg)!.Jpeg, OpenCvSharp.ImreadModes.Color);
        Assert.True(OpenCvSharp.Cv2.Sum(seen).Val0 < 1);
        Assert.All(
            [_folder["overlay.mp4"], .. Directory.GetFiles(_folder["recordings"], "*.mp4")],
            file => Assert.All(Ffmpeg.Decode(file, "bgr24"), value => Assert.InRange(value, 0, 2)));
        Assert.Single(Directory.GetFiles(_folder["recordings"], "*.mp4"));
    }

    private sealed class PictureSink : IFrameSink
    {
        public int Pictures { get; private set; }

        public byte Brightest { get; private set; }

        public string Name => "pictures";

        public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
        {
            Pictures++;
            Brightest = Math.Max(
                Brightest, Math.Max(frame.Pixels.Array.Max(), overlay.Span.IndexOfAnyExcept((byte)0) < 0 ? (byte)0 : byte.MaxValue));
            Assert.Null(FrameNumberCode.Read(frame.Pixels.Array, frame.Width, frame.Height));
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
