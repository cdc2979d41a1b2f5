using System.Collections;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Loads the configuration. In ascending precedence: appsettings.json beside the executable, appsettings.json of the current
/// folder or the named file, environment variables, command line.</summary>
internal static class SettingsFiles
{
    private const string FileName = "appsettings.json";
    private const string Prefix = "SWIFTNET_";

    /// <summary>The settings files in order, existing or not.</summary>
    /// <param name="file">A settings file to use instead of the current folder's; null = none.</param>
    public static IReadOnlyList<string> Paths(string? file) =>
    [
        Path.Combine(AppContext.BaseDirectory, FileName), Path.GetFullPath(file ?? FileName),
    ];

    /// <summary>Loads the configuration.</summary>
    /// <param name="file">A settings file to use instead of the current folder's; null = none.</param>
    /// <param name="overrides">Settings <c>Section:Key=value</c>.</param>
    /// <param name="warn">Receives a line for each <see cref="FormerKeys">former key</see>; null = standard error.</param>
    /// <exception cref="UserErrorException">A file is missing or not valid JSON.</exception>
    public static IConfigurationRoot Load(string? file, IEnumerable<string> overrides, Action<string>? warn = null)
    {
        warn ??= FormerKeys.WarnOnce;
        if (file is not null && !File.Exists(file))
        {
            throw new UserErrorException($"The settings file {file} does not exist. Check --settings.");
        }

        var builder = new ConfigurationBuilder();
        foreach (var path in Paths(file))
        {
            SettingsJson.Check(path);
            builder.AddInMemoryCollection(FormerKeys.Rename(FromFile(path), warn));
        }

        return builder
            .AddInMemoryCollection(
                FormerKeys.Rename(
                    Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(FromEnvironment).Where(IsOurs), warn))
            .AddInMemoryCollection(FormerKeys.Rename(overrides.Select(FromCommandLine), warn))
            .Build();
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromFile(string path)
    {
        try
        {
            var file = new ConfigurationBuilder().AddJsonFile(path, optional: true).Build();
            // Without the sections themselves, which have no value.
            return file.AsEnumerable().Where(setting => setting.Value is not null || !file.GetSection(setting.Key).GetChildren().Any());
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"{e.Message.TrimEnd('.')}: {e.InnerException?.Message ?? "the file is not valid JSON"}", e);
        }
    }

    private static KeyValuePair<string, string?> FromCommandLine(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        return new(setting[..equals], setting[(equals + 1)..]);
    }

    private static KeyValuePair<string, string?> FromEnvironment(DictionaryEntry variable)
    {
        var name = (string)variable.Key;
        name = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name;
        return new(name.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);
    }

    // Other programs' variables are ignored: settings start with a section's name.
    private static bool IsOurs(KeyValuePair<string, string?> variable) =>
        variable.Key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && SettingsReader.IsSection(variable.Key[..colon]);
}
