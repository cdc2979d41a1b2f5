using System.Globalization;

namespace SwiftNet.Training.Clips;

/// <summary>
/// The traits of a data set's sequences, read from tab-separated values with a header: <c>sequence</c> (a name, or a prefix
/// followed by <c>*</c>), <c>weight</c> (above 0; 1 without the column) and <c>traits</c> (<c>uneven</c>, <c>sparse</c>,
/// <c>rough-edges</c> and <c>group</c>, comma-separated). Other columns are ignored. An exact name takes precedence over a prefix, and a
/// longer prefix over a shorter one.
/// </summary>
internal sealed class TraitsTable
{
    /// <summary>The table's default file name in the data folder.</summary>
    public const string FileName = "SEQUENCES.tsv";

    private readonly Dictionary<string, SequenceTraits> _names = new(StringComparer.Ordinal);
    private readonly List<(string Beginning, SequenceTraits Traits)> _beginnings = [];

    /// <summary>An empty table: every sequence is dense and has weight 1.</summary>
    public static TraitsTable Empty { get; } = new();

    /// <summary>The traits of a sequence; <see cref="SequenceTraits.Default"/> if no row matches.</summary>
    public SequenceTraits Of(string sequence)
    {
        if (_names.TryGetValue(sequence, out var traits))
        {
            return traits;
        }

        var fitting = _beginnings.Where(b => sequence.StartsWith(b.Beginning, StringComparison.Ordinal));
        return fitting.OrderByDescending(b => b.Beginning.Length).FirstOrDefault().Traits ?? SequenceTraits.Default;
    }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">The file is missing, or a row is invalid.</exception>
    public static TraitsTable Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"The table of sequences {path} does not exist.");
        }

        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : lines[0].Split('\t');
        var (name, weight, traits) = (Array.IndexOf(header, "sequence"), Array.IndexOf(header, "weight"), Array.IndexOf(header, "traits"));
        if (name < 0)
        {
            throw new UserErrorException($"{path} has no column 'sequence' in its first line; columns are separated by tabs.");
        }

        var table = new TraitsTable();
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split('\t');
            if (lines[i].Trim().Length > 0)
            {
                table.Add(Cell(cells, name), Parse(Cell(cells, weight), Cell(cells, traits), $"{path}, line {i + 1}"));
            }
        }

        return table;
    }

    private static string Cell(string[] cells, int column) => column >= 0 && column < cells.Length ? cells[column].Trim() : "";

    private static SequenceTraits Parse(string weight, string traits, string place)
    {
        var result = SequenceTraits.Default;
        if (weight.Length > 0)
        {
            result = double.TryParse(weight, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value)
                ? result with { Weight = value }
                : throw new UserErrorException($"{place}: the weight is '{weight}'; it must be a number above 0.");
        }

        foreach (var trait in traits.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            result = trait switch
            {
                "uneven" => result with { Steps = SequenceSteps.Uneven },
                "sparse" => result with { Steps = SequenceSteps.Sparse },
                "rough-edges" => result with { RoughEdges = true },
                "group" => result with { Group = true },
                _ => throw new UserErrorException(
                    $"{place}: the trait '{trait}' is unknown; it must be uneven, sparse, rough-edges or group."),
            };
        }

        return result;
    }

    private void Add(string name, SequenceTraits traits)
    {
        if (name.EndsWith('*'))
        {
            _beginnings.Add((name[..^1], traits));
        }
        else
        {
            _names[name] = traits;
        }
    }
}
