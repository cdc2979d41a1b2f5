using System.CommandLine;
using System.Globalization;
using SwiftNet.Network.Int8;
using SwiftNet.Weights;

namespace SwiftNet.Training.Commands;

/// <summary>
/// <c>average</c>: the weighted mean of several weights files, in the precision that weights ship in. Weights fine-tuned from the same
/// start lie in one basin of the loss,
/// and their mean is often better than each (Wortsman et al., Model soups, ICML 2022).
/// </summary>
internal static class AverageCommand
{
    private static readonly Option<string[]> s_weights = new("--weights")
    {
        Description = "A weights file to average; repeat the option for each file",
        Required = true,
        HelpName = "FILE",
    };
    private static readonly Option<string?> s_shares = new("--shares")
    {
        Description = "Weight of each file in order, summing to 1; default: equal",
        HelpName = "a,b,…",
    };
    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The file to write",
        Required = true,
        HelpName = "FILE",
    };
    private static readonly Option<string?> s_scores = new("--scores")
    {
        Description = "Scores of the result, as text for the file's metadata",
        HelpName = "TEXT",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("average", "Writes the weighted mean of several weights files")
        {
            s_weights, s_shares, s_output, s_scores,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>Creates the command's former name.</summary>
    public static Command CreateFormer()
    {
        var command = new Command("mix") { s_weights, s_shares, s_output, s_scores };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            FormerName.Warn("mix", "average");
            return Run(parsed);
        });
        return command;
    }

    private static int Run(ParseResult command)
    {
        var paths = command.GetValue(s_weights)!;
        var shares = Shares(command.GetValue(s_shares), paths.Length);
        var files = Array.ConvertAll(paths, SafetensorsFile.Open);
        var architecture = Architecture.Check(paths[0], files[0].Tensors, files[0].Metadata);
        for (var i = 1; i < paths.Length; i++)
        {
            var same = Architecture.Check(paths[i], files[i].Tensors, files[i].Metadata) == architecture
                && files[i].Tensors.Count == files[0].Tensors.Count
                && files[i].Tensors.All(
                    t => files[0].Tensors.TryGetValue(t.Key, out var first) && first.Shape.SequenceEqual(t.Value.Shape));
            if (!same)
            {
                throw new UserErrorException(
                    $"The tensors of {paths[i]} differ in name or shape from those of {paths[0]}; only weights of the "
                        + "same network can be averaged.");
            }
        }

        var tensors = files[0].Tensors.Keys.ToDictionary(
            name => name,
            name => Mean(Array.ConvertAll(files, file => file.Tensors[name]), shares).ToShipped(name),
            StringComparer.Ordinal);
        // Keep the metadata of the last file: the latest training stage describes the result best.
        var story = new Dictionary<string, string>(files[^1].Metadata, StringComparer.Ordinal)
        {
            ["mean_of"] = string.Join(
                ", ",
                paths.Zip(
                    shares, (path, share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.###} of {Path.GetFileName(path)}"))),
        };
        story.Remove("scores");
        if (command.GetValue(s_scores) is { } scores)
        {
            story["scores"] = scores;
        }

        SafetensorsFile.Write(command.GetValue(s_output)!, tensors, story);
        CalibratedWeights.AddFromSamples(command.GetValue(s_output)!);
        Console.WriteLine($"{command.GetValue(s_output)}: {story["mean_of"]}");
        return 0;
    }

    private static double[] Shares(string? text, int count)
    {
        if (text is null)
        {
            return [.. Enumerable.Repeat(1.0 / count, count)];
        }

        var shares = text
            .Split(',')
            .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : double.NaN)
            .ToArray();
        return shares.Length == count && Math.Abs(shares.Sum() - 1) < 1e-6
            ? shares
            : throw new UserErrorException(
                $"--shares is '{text}'; it must be {count} numbers, one for each --weights, that sum to 1, such as 0.5,0.5.");
    }

    private static StoredTensor Mean(StoredTensor[] tensors, double[] shares)
    {
        var sum = new double[tensors[0].Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            var values = tensors[i].ToFloats();
            for (var at = 0; at < sum.Length; at++)
            {
                sum[at] += shares[i] * values[at];
            }
        }

        return StoredTensor.From(Array.ConvertAll(sum, value => (float)value), [.. tensors[0].Shape]);
    }
}
