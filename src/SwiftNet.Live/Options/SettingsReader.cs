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

    /// <summary>Whether there is a section of this name: one of ours, the cameras, or the logging framework's.</summary>
    public static bool IsSection(string name) =>
        name.Equals("Logging", StringComparison.OrdinalIgnoreCase) || name.Equals(CamerasReader.Section, StringComparison.OrdinalIgnoreCase) || SectionOf(name) is not null;

    /// <summary>The section of this name, or null.</summary>
    public static PropertyInfo? SectionOf(string name) => Array.Find(s_sections, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads every section, for what is the same for all cameras.</summary>
    /// <exception cref="UserErrorException">A name is unknown or a value invalid; the message holds a line for each.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var settings = Read(configuration, errors);
        return errors.Count == 0 ? settings : throw Invalid(errors);
    }

    /// <summary>Reads every section; what is wrong is added to <paramref name="errors"/>.</summary>
    public static Settings Read(IConfiguration configuration, List<string> errors)
    {
        foreach (var child in configuration.GetChildren().Where(c => !IsSection(c.Key)))
        {
            errors.Add($"{child.Key}: there is no such section; {Nearest.Suggest(child.Key, s_sections.Select(s => s.Name))}");
        }

        var settings = new Settings();
        foreach (var section in s_sections)
        {
            ReadSection(configuration.GetSection(section.Name), section.Name, section.GetValue(settings)!, errors);
        }

        errors.AddRange(SettingsRules.Together(settings));
        return settings;
    }

    /// <summary>All that is wrong, as one error.</summary>
    public static UserErrorException Invalid(List<string> errors) => new(errors.Count == 1
        ? $"Invalid configuration: {errors[0]}"
        : $"Invalid configuration, {errors.Count} errors:{string.Concat(errors.Select(e => $"{Environment.NewLine}  {e}"))}");

    /// <summary>Sets what <paramref name="section"/> gives of <paramref name="options"/>, whose section is called <paramref name="name"/>; what is wrong is added to <paramref name="errors"/>.</summary>
    public static void ReadSection(IConfigurationSection section, string name, object options, List<string> errors)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            errors.Add($"{section.Path}={section.Value}: this is a section; set one of its keys, such as {section.Path}:{KeysOf(options.GetType()).First().Name}");
        }

        foreach (var child in section.GetChildren())
        {
            if (KeysOf(options.GetType()).FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                errors.Add($"{section.Path}:{child.Key}: there is no such option; {Nearest.Suggest($"{section.Path}:{child.Key}", KeysOf(options.GetType()).Select(p => $"{section.Path}:{p.Name}"))}");
                continue;
            }

            // A null in the file leaves the default.
            if (child.Value is not null || child.GetChildren().Any())
            {
                ReadValue($"{section.Path}:{property.Name}", SettingsRules.For($"{name}:{property.Name}", property.PropertyType), child, property, options, errors);
            }
        }
    }

    private static void ReadValue(string key, SettingRule rule, IConfigurationSection given, PropertyInfo property, object options, List<string> errors)
    {
        var shown = property.IsDefined(typeof(SecretAttribute)) ? "***" : given.Value ?? string.Join(" | ", given.GetChildren().Select(c => c.Value));
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
