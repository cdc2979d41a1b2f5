using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Reads a nested record of options from configuration, over given defaults. Errors are added to a list, one line each, with the
/// full key.</summary>
/// <param name="errors">Receives the errors.</param>
/// <param name="before">Prefix of each key in messages, such as <c>Cameras:0:</c>; an option's rule is found without it.</param>
internal sealed class SectionReader(ICollection<string> errors, string before = "")
{
    /// <summary>The options of a section; computed properties are excluded.</summary>
    public static IEnumerable<PropertyInfo> KeysOf(Type section) =>
        section.GetProperties().Where(p => p.CanWrite && p.Name != nameof(MemoryOptions.ReportPixels));

    /// <summary>Whether a type is a record of options rather than an option.</summary>
    public static bool IsRecord(Type type) => type.IsClass && CloneOf(type) is not null;

    /// <summary>All options below a record, with their full keys.</summary>
    public static IEnumerable<string> OptionsOf(Type section, string key) => KeysOf(section).SelectMany(
        p => IsRecord(p.PropertyType) ? OptionsOf(p.PropertyType, $"{key}:{p.Name}") : [$"{key}:{p.Name}"]);

    /// <summary>Reads one record.</summary>
    /// <param name="given">The record's configuration section.</param>
    /// <param name="key">The record's key, such as <c>Output</c> or <c>Output:Mqtt</c>.</param>
    /// <param name="defaults">Values of options that are not configured; not modified.</param>
    public T Read<T>(IConfigurationSection given, string key, T defaults)
        where T : class => (T)ReadRecord(given, key, defaults);

    private object ReadRecord(IConfigurationSection given, string key, object defaults)
    {
        var keys = KeysOf(defaults.GetType()).ToArray();
        if (!string.IsNullOrEmpty(given.Value))
        {
            errors.Add(
                $"{before}{key}={MaskedUri.InValue(given.Value)}: this is a section; set one of its keys, such as "
                    + $"{before}{key}:{keys[0].Name}");
        }

        var options = CloneOf(defaults.GetType())!.Invoke(defaults, null)!;
        foreach (var child in given.GetChildren())
        {
            if (Array.Find(keys, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                errors.Add(
                    $"{before}{key}:{child.Key}: this option does not exist; "
                        + $"{Nearest.Suggest($"{before}{key}:{child.Key}", keys.Select(p => $"{before}{key}:{p.Name}"))}");
            }
            else if (IsRecord(property.PropertyType))
            {
                property.SetValue(options, ReadRecord(child, $"{key}:{property.Name}", property.GetValue(defaults)!));
            }
            else if (child.Value is not null || child.GetChildren().Any())
            {
                // JSON null keeps the default.
                ReadOption($"{key}:{property.Name}", child, property, options);
            }
        }

        return options;
    }

    private void ReadOption(string key, IConfigurationSection given, PropertyInfo property, object options)
    {
        var rule = SettingsRules.For(key, property.PropertyType);
        if (SettingValue.TryParse(given, property.PropertyType, out var value) && rule.Holds(value))
        {
            property.SetValue(options, value);
            return;
        }

        var shown = property.IsDefined(typeof(SecretAttribute))
            ? "***"
            : MaskedUri.InValue(given.Value ?? string.Join(" | ", given.GetChildren().Select(c => c.Value)));
        errors.Add($"{before}{key}={shown}: must be {rule.Allowed}");
    }

    // The clone method of records, as called by `with`.
    private static MethodInfo? CloneOf(Type type) => type.GetMethod("<Clone>$");
}
