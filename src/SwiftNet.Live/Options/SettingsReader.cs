using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Reads the <see cref="Settings"/> from configuration and reports all errors at once.</summary>
internal static class SettingsReader
{
    private static readonly PropertyInfo[] s_sections = typeof(Settings).GetProperties();

    /// <summary>Whether a section of this name exists: a settings section, the camera list, or the logging framework's.</summary>
    public static bool IsSection(string name) =>
        name.Equals("Logging", StringComparison.OrdinalIgnoreCase)
            || name.Equals(CamerasReader.Section, StringComparison.OrdinalIgnoreCase)
            || SectionOf(name) is not null;

    /// <summary>The section of this name; null = none.</summary>
    public static PropertyInfo? SectionOf(string name) =>
        Array.Find(s_sections, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads every section of the common configuration.</summary>
    /// <exception cref="UserErrorException">Names or values are invalid; the message has one line per error.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var settings = Read(configuration, errors);
        return errors.Count == 0 ? settings : throw Invalid(errors);
    }

    /// <summary>Reads every section; errors are added to <paramref name="errors"/>.</summary>
    public static Settings Read(IConfiguration configuration, List<string> errors)
    {
        foreach (var child in configuration.GetChildren().Where(c => !IsSection(c.Key)))
        {
            errors.Add($"{child.Key}: this section does not exist; {Nearest.Suggest(child.Key, s_sections.Select(s => s.Name))}");
        }

        var reader = new SectionReader(errors);
        var settings = new Settings();
        foreach (var section in s_sections)
        {
            section.SetValue(settings, reader.Read(configuration.GetSection(section.Name), section.Name, section.GetValue(settings)!));
        }

        errors.AddRange(LoggingRules.Errors(configuration.GetSection("Logging")));
        errors.AddRange(SettingsRules.Together(settings));
        return settings;
    }

    /// <summary>Combines all errors into one exception.</summary>
    public static UserErrorException Invalid(List<string> errors) => new(errors.Count == 1
        ? $"Invalid configuration: {errors[0]}"
        : $"Invalid configuration, {errors.Count} errors:{string.Concat(errors.Select(e => $"{Environment.NewLine}  {e}"))}");
}
