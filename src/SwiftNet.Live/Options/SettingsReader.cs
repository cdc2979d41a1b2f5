using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Makes the <see cref="Settings"/> of the configuration, and tells everything that is wrong with it at once.</summary>
internal static class SettingsReader
{
    private static readonly PropertyInfo[] s_sections = typeof(Settings).GetProperties();

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

    /// <summary>All that is wrong, as one error.</summary>
    public static UserErrorException Invalid(List<string> errors) => new(errors.Count == 1
        ? $"Invalid configuration: {errors[0]}"
        : $"Invalid configuration, {errors.Count} errors:{string.Concat(errors.Select(e => $"{Environment.NewLine}  {e}"))}");
}
