using Spectre.Console;
using SwiftNet.Live.Options;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Bench;

/// <summary>The table of <c>bench --windows</c>: windows on and off, in turns, for cameras of several resolutions.</summary>
internal static class WindowReport
{
    private static readonly FrameSize[] s_frames = [new(854, 480), new(1920, 1080), new(3840, 2160)];

    /// <summary>Measures, and makes the table.</summary>
    /// <param name="settings">Segment:Size is the network's pixels.</param>
    /// <param name="frames">Frames a round.</param>
    /// <param name="rounds">Rounds; both ways take turns in each.</param>
    public static Table Measure(Settings settings, int frames, int rounds)
    {
        var table = new Table()
            .Title($"milliseconds a frame, median, Segment:Size={settings.Segment.Size}, one object")
            .AddColumns("frame", "windows").AddColumns([.. WindowBench.Parts])
            .AddColumns("network pixels", "moved", "reshaped");
        var segment = settings.Segment;
        using var model = SwiftNetModel.Load(WeightsFile.Find(segment.Weights), segment.Device, segment.Precision, segment.Threads);
        foreach (var frame in s_frames)
        {
            using var off = new WindowBench(model, settings, frame, WindowMode.Off);
            using var on = new WindowBench(model, settings, frame, WindowMode.Auto);
            for (var round = 0; round <= rounds; round++)
            {
                off.Measure(frames, counts: round > 0);
                on.Measure(frames, counts: round > 0);
            }

            table.AddRow(Row(off)).AddRow(Row(on));
        }

        return table;
    }

    private static string[] Row(WindowBench bench)
    {
        var counters = bench.Counters;
        double steps = Math.Max(1, counters.Steps);
        return
        [
            bench.Frame.ToString(), bench.Window.ToString().ToLowerInvariant(),
            .. WindowBench.Parts.Select(part => $"{bench.Median(part):0.0}"),
            $"{counters.Pixels / steps:0}", $"{100 * counters.Moves / steps:0} %", $"{100 * counters.Reshapes / steps:0} %",
        ];
    }
}
