using System.Text;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>The figures of any sweep as CSV, a line a setting.</summary>
internal static class SweepFile
{
    private const string Headings =
        "setting,trigger,interval,th_f,th_m,p_th,update,beta,capacity_frames,previous_frame,draw,sequences,JF,J,F,J_first_fifth,J_last_fifth,write_rate,memory_pixels,ms,fps\n";

    /// <summary>Writes the file, in place of an older one.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(IReadOnlyList<SweepRow> rows, string path)
    {
        var text = new StringBuilder(Headings);
        foreach (var row in rows)
        {
            var (setting, memory, all) = (row.Setting, row.Setting.Memory, row.Summary);
            var trigger = setting.ChanceOf is null ? $"{memory.Trigger}".ToLowerInvariant() : "chance";
            text.Append($"\"{setting.Name}\",{trigger},{memory.Interval},{memory.FrameThreshold},{memory.MaskThreshold},{memory.AreaShare},")
                .Append($"{memory.Update},{memory.Beta},{memory.CapacityFrames},{(memory.PreviousFrame ? "on" : "off")},{setting.Draw},{row.Results.Count},".ToLowerInvariant())
                .Append($"{all.JF:0.00000},{all.J.Mean:0.00000},{all.F.Mean:0.00000},{all.FirstFifth:0.00000},{all.LastFifth:0.00000},")
                .Append($"{all.WriteRate:0.00000},{all.MemoryPixels:0.0},{all.TypicalMilliseconds:0.00},{row.Rate:0.00}\n");
        }

        FigureTable.Keep(path, text.ToString());
    }
}
