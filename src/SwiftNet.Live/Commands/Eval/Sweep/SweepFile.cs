using System.Text;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>The figures of any sweep as CSV: a line a setting for all sequences, and one for each.</summary>
internal static class SweepFile
{
    private const string Headings =
        "setting,trigger,interval,th_f,th_m,p_th,update,beta,capacity_frames,previous_frame,draw,"
            + "sequence,JF,J,F,J_first_fifth,J_last_fifth,write_rate,memory_pixels,ms,fps\n";

    /// <summary>Writes the file, in place of an older one.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(IReadOnlyList<SweepRow> rows, string path)
    {
        var text = new StringBuilder(Headings);
        foreach (var row in rows)
        {
            var setting = Setting(row.Setting);
            Add(text, setting, "all", row);
            foreach (var result in row.Results)
            {
                Add(text, setting, result.Name, new SweepRow(row.Setting, [result]));
            }
        }

        FigureTable.Keep(path, text.ToString());
    }

    private static string Setting(SweepSetting setting)
    {
        var memory = setting.Memory;
        var (trigger, update) = (setting.ChanceOf is null ? Word(memory.Trigger) : "chance", Word(memory.Update));
        return $"\"{setting.Name}\",{trigger},{memory.Interval},{memory.FrameThreshold},{memory.MaskThreshold},{memory.WriteAreaThreshold},"
            + $"{update},{memory.Beta},{memory.CapacityFrames},{(memory.PreviousFrame ? "on" : "off")},{setting.Draw}";
    }

    private static void Add(StringBuilder text, string setting, string sequence, SweepRow row)
    {
        var all = row.Summary;
        text.Append($"{setting},{sequence},{all.JF:0.00000},{all.J.Mean:0.00000},{all.F.Mean:0.00000},")
            .Append($"{all.FirstFifth:0.00000},{all.LastFifth:0.00000},")
            .Append($"{all.WriteRate:0.00000},{all.MemoryPixels:0.0},{all.TypicalMilliseconds:0.00},{row.Rate:0.00}\n");
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
