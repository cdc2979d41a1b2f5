using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Makes the <see cref="Settings"/> of the configuration, and tells everything that is wrong with it at once.</summary>
internal static class SettingsReader
{
    private static readonly PropertyInfo[] s_sections = typeof(Settings).GetProperties();

    /// <summary>The keys of a section; what another option decides has none.</summary>
    public static IEnumerable<PropertyInfo> KeysOf(Type section) =>
        section.GetProperties().Where(p => p.CanWrite && p.Name != nameof(MemoryOptions.ReportPixels));

    /// <summary>Whether there is a section of this name: one of ours, or the logging framework's.</summary>
    public static bool IsSection(string name) =>
        name.Equals("Logging", StringComparison.OrdinalIgnoreCase) || Array.Exists(s_sections, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads every section.</summary>
    /// <exception cref="UserErrorException">A name is unknown or a value invalid; the message holds a line for each.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        foreach (var child in configuration.GetChildren().Where(c => !IsSection(c.Key)))
        {
            errors.Add($"{child.Key}: there is no such section; {Nearest.Suggest(child.Key, s_sections.Select(s => s.Name))}");
        }

        var settings = new Settings();
        foreach (var section in s_sections)
        {
            ReadSection(configuration.GetSection(section.Name), section.GetValue(settings)!, errors);
        }

        return errors.Count switch
        {
            0 => settings,
            1 => throw new UserErrorException($"Invalid configuration: {errors[0]}"),
            var n => throw new UserErrorException($"Invalid configuration, {n} errors:{string.Concat(errors.Select(e => $"{Environment.NewLine}  {e}"))}"),
        };
    }

    private static void ReadSection(IConfigurationSection section, object options, List<string> errors)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            errors.Add($"{section.Key}={section.Value}: this is a section; set one of its keys, such as {section.Key}:{KeysOf(options.GetType()).First().Name}");
        }

        foreach (var child in section.GetChildren())
        {
            if (KeysOf(options.GetType()).FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                errors.Add($"{section.Key}:{child.Key}: there is no such option; {Nearest.Suggest($"{section.Key}:{child.Key}", KeysOf(options.GetType()).Select(p => $"{section.Key}:{p.Name}"))}");
                continue;
            }

            // A null in the file leaves the default.
            if (child.Value is not null || child.GetChildren().Any())
            {
                ReadValue($"{section.Key}:{property.Name}", child, property, options, errors);
            }
        }
    }

    private static void ReadValue(string key, IConfigurationSection given, PropertyInfo property, object options, List<string> errors)
    {
        var rule = SettingsRules.For(key, property.PropertyType);
        var shown = given.Value ?? string.Join(" | ", given.GetChildren().Select(c => c.Value));
        if (SettingValue.TryParse(given, property.PropertyType, out var value) && rule.Holds(value))
        {
            property.SetValue(options, value);
        }
        else
        {
            errors.Add($"{key}={shown}: must be {rule.Allowed}");
        }
    }
}
