using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Reads a record of options, of any depth, from configuration, over given defaults. What is wrong is added to a list, a line each, with the whole key.</summary>
/// <param name="errors">Where what is wrong is told.</param>
/// <param name="before">What stands before each key in a message, such as <c>Cameras:0:</c>; the rule of an option goes by its key alone.</param>
internal sealed class SectionReader(ICollection<string> errors, string before = "")
{
    /// <summary>The keys of a section; what another option decides has none.</summary>
    public static IEnumerable<PropertyInfo> KeysOf(Type section) =>
        section.GetProperties().Where(p => p.CanWrite && p.Name != nameof(MemoryOptions.ReportPixels));

    /// <summary>Whether a type is a record of options, and not an option.</summary>
    public static bool IsRecord(Type type) => type.IsClass && CloneOf(type) is not null;

    /// <summary>Every option below a record, with its whole key.</summary>
    public static IEnumerable<string> OptionsOf(Type section, string key) => KeysOf(section).SelectMany(
        p => IsRecord(p.PropertyType) ? OptionsOf(p.PropertyType, $"{key}:{p.Name}") : [$"{key}:{p.Name}"]);

    /// <summary>Reads one record.</summary>
    /// <param name="given">The section that holds it.</param>
    /// <param name="key">Its key, such as <c>Output</c> or <c>Output:Mqtt</c>.</param>
    /// <param name="defaults">What holds where nothing is given; stays as it is.</param>
    public T Read<T>(IConfigurationSection given, string key, T defaults)
        where T : class => (T)ReadRecord(given, key, defaults);

    private object ReadRecord(IConfigurationSection given, string key, object defaults)
    {
        var keys = KeysOf(defaults.GetType()).ToArray();
        if (!string.IsNullOrEmpty(given.Value))
        {
            errors.Add($"{before}{key}={MaskedUri.InValue(given.Value)}: this is a section; set one of its keys, such as {before}{key}:{keys[0].Name}");
        }

        var options = CloneOf(defaults.GetType())!.Invoke(defaults, null)!;
        foreach (var child in given.GetChildren())
        {
            if (Array.Find(keys, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                errors.Add($"{before}{key}:{child.Key}: there is no such option; {Nearest.Suggest($"{before}{key}:{child.Key}", keys.Select(p => $"{before}{key}:{p.Name}"))}");
            }
            else if (IsRecord(property.PropertyType))
            {
                property.SetValue(options, ReadRecord(child, $"{key}:{property.Name}", property.GetValue(defaults)!));
            }
            else if (child.Value is not null || child.GetChildren().Any())
            {
                // A null in the file leaves the default.
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

    // The method that `with` calls.
    private static MethodInfo? CloneOf(Type type) => type.GetMethod("<Clone>$");
}
