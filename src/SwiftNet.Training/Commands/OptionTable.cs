using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace SwiftNet.Training.Commands;

/// <summary>Command-line options for all values of <see cref="TrainingOptions"/>: <c>--batch-size</c> for <c>BatchSize</c>.</summary>
internal static class OptionTable
{
    private sealed record Entry(PropertyInfo Property, TrainingOptionAttribute Rule, Option<string?> Option, Option<string?>? Former);

    private static readonly Entry[] s_entries = [.. TrainingOptionAttribute.All.Select(pair => Create(pair.Property, pair.Option))];

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var entry in s_entries)
        {
            command.Add(entry.Option);
            if (entry.Former is not null)
            {
                command.Add(entry.Former);
            }
        }
    }

    /// <summary>Reads the options from the command line; options that are not given keep their value in
    /// <paramref name="defaults"/>.</summary>
    /// <exception cref="UserErrorException">Values are invalid; one line for each.</exception>
    public static TrainingOptions Read(ParseResult command, TrainingOptions defaults)
    {
        var options = defaults with { };
        var errors = new List<string>();
        foreach (var entry in s_entries)
        {
            var option = entry.Former is null ? entry.Option : command.Given(entry.Option, entry.Former);
            if (command.GetValue(option) is not { } text)
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(entry.Property.PropertyType) ?? entry.Property.PropertyType;
            try
            {
                var value = Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
                if (!entry.Rule.Contains(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
                {
                    errors.Add($"{option.Name} is '{text}'; it must be from {entry.Rule.Range}.");
                }

                entry.Property.SetValue(options, value);
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                errors.Add(
                    $"{option.Name} is '{text}'; it must be {(type == typeof(int) ? "a whole number" : "a number")} from "
                        + $"{entry.Rule.Range}.");
            }
        }

        return errors.Count == 0 ? options : throw new UserErrorException(string.Join('\n', errors));
    }

    private static Entry Create(PropertyInfo property, TrainingOptionAttribute rule)
    {
        var value = Convert.ToString(property.GetValue(new TrainingOptions()), CultureInfo.InvariantCulture);
        var description = $"{rule.Help}; {rule.Range}; default: {(value is { Length: > 0 } ? value : rule.Unset)}";
        return new Entry(
            property,
            rule,
            new Option<string?>(NameOf(property.Name)) { Description = description, HelpName = "N" },
            rule.FormerName is null ? null : FormerName.Of<string?>(NameOf(rule.FormerName)));
    }

    private static string NameOf(string property)
    {
        var text = new StringBuilder("-");
        foreach (var character in property)
        {
            if (char.IsUpper(character))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
