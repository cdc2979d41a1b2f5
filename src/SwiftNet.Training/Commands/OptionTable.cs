using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace SwiftNet.Training.Commands;

/// <summary>An option of the command line for each value of <see cref="TrainingOptions"/>: <c>--batch-size</c> for <c>BatchSize</c>.</summary>
internal static class OptionTable
{
    private static readonly Dictionary<PropertyInfo, Option<string?>> s_options = typeof(TrainingOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite)
        .ToDictionary(p => p, p => new Option<string?>("--" + Dashed(p.Name)) { Description = Describe(p), HelpName = "VALUE" });

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in s_options.Values)
        {
            command.Add(option);
        }
    }

    /// <summary>What the command line says, and otherwise <paramref name="defaults"/>.</summary>
    /// <exception cref="UserErrorException">A value cannot be read.</exception>
    public static TrainingOptions Read(ParseResult command, TrainingOptions defaults)
    {
        var options = defaults with { };
        foreach (var (property, option) in s_options)
        {
            if (command.GetValue(option) is not { } text)
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            try
            {
                property.SetValue(options, Convert.ChangeType(text, type, CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                throw new UserErrorException($"{option.Name} is '{text}', which is no {(type == typeof(int) ? "whole number" : "number")}.", e);
            }
        }

        return options;
    }

    private static string Describe(PropertyInfo property) =>
        $"{property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? property.Name}; default {property.GetValue(new TrainingOptions()) ?? "drawn for each step"}";

    private static string Dashed(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsUpper(character) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
