using System.Collections;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Gathers the configuration. Later ones win: appsettings.json beside the executable, then the current folder's or the file that is named, then environment variables, then the command line.</summary>
internal static class SettingsFiles
{
    private const string FileName = "appsettings.json";
    private const string Prefix = "SWIFTNET_";

    /// <summary>The files that a configuration is gathered from, whether or not they are there.</summary>
    /// <param name="file">A settings file to use in place of the current folder's, or null.</param>
    public static IReadOnlyList<string> Paths(string? file) => [Path.Combine(AppContext.BaseDirectory, FileName), Path.GetFullPath(file ?? FileName)];

    /// <summary>Gathers it.</summary>
    /// <param name="file">A settings file to use in place of the current folder's, or null.</param>
    /// <param name="overrides"><c>Section:Key=value</c> each.</param>
    /// <exception cref="UserErrorException">A file is missing or no JSON.</exception>
    public static IConfigurationRoot Load(string? file, IEnumerable<string> overrides)
    {
        if (file is not null && !File.Exists(file))
        {
            throw new UserErrorException($"The settings file {file} is missing. Check --settings.");
        }

        var builder = new ConfigurationBuilder();
        foreach (var path in Paths(file))
        {
            SettingsJson.Check(path);
            builder.AddJsonFile(path, optional: true);
        }

        builder
            .AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(FromEnvironment).Where(IsOurs))
            .AddInMemoryCollection(overrides.Select(FromCommandLine));
        try
        {
            return builder.Build();
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"{e.Message.TrimEnd('.')}: {e.InnerException?.Message ?? "it is no JSON"}", e);
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

    // The environment is full of other programs' variables; ours begin with a section's name.
    private static bool IsOurs(KeyValuePair<string, string?> variable) =>
        variable.Key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && SettingsReader.IsSection(variable.Key[..colon]);
}
