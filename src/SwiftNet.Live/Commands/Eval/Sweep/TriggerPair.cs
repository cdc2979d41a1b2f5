namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>A setting with the previous frame on and off, and the mean J&amp;F of as many writes by chance.</summary>
internal sealed record TriggerPair(string Name, SweepRow On, SweepRow Off, double? ChanceOn, double? ChanceOff)
{
    /// <summary>J&amp;F, 0 to 100, the mean of on and off.</summary>
    public double Score => (On.Score + Off.Score) / 2;

    /// <summary>How much better than chance that is.</summary>
    public double? OverChance => Score - ((ChanceOn + ChanceOff) / 2);

    /// <summary>The rows of a sweep by their settings, in order.</summary>
    public static IReadOnlyList<TriggerPair> Of(IReadOnlyList<SweepRow> rows)
    {
        var chances = rows.Where(row => row.Setting.ChanceOf is not null).ToLookup(row => row.Setting.ChanceOf!, row => (double?)row.Score);
        return
        [
            .. rows.Where(row => row.Setting.ChanceOf is null).GroupBy(row => row.Setting.Name).Select(group =>
            {
                var (on, off) =
                    (group.First(row => row.Setting.Memory.PreviousFrame), group.First(row => !row.Setting.Memory.PreviousFrame));
                return new TriggerPair(group.Key, on, off, chances[on.Setting].Average(), chances[off.Setting].Average());
            }),
        ];
    }

    /// <summary>The trigger of the highest score to a tenth, and of those the one that writes least; null where there is none.</summary>
    public static TriggerPair? Best(IEnumerable<TriggerPair> pairs) => pairs
        .Where(pair => pair.On.Setting.Memory.Trigger == TriggerKind.Variation)
        .OrderByDescending(pair => Math.Round(pair.Score, 1))
        .ThenBy(pair => pair.On.Summary.WriteRate + pair.Off.Summary.WriteRate)
        .FirstOrDefault();
}
