using System.CommandLine;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands;

/// <summary>What every command takes: a settings file, configuration overrides, and how much to print of an unexpected error.</summary>
internal static class CommonOptions
{
    private static readonly Option<string[]> s_set = new(SettingOverrides.Option) { Hidden = true, Recursive = true };

    private static readonly Option<string?> s_settings = new("--settings")
    {
        Description = "A settings file, in place of appsettings.json in the current folder",
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<bool> s_verbose = new("--verbose")
    {
        Description = "Log more, and print unexpected errors with their stack trace",
        Recursive = true,
    };

    /// <summary>Adds them to the root.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(s_settings);
        root.Options.Add(s_verbose);
        root.Options.Add(s_set);
    }

    /// <summary>The configuration as this command line gives it.</summary>
    /// <exception cref="UserErrorException">A file is missing or no JSON, or an option is invalid.</exception>
    /// <param name="command">The command line.</param>
    /// <param name="quiet">Whether the log holds warnings and errors alone: the command prints the rest itself.</param>
    public static Configured Load(ParseResult command, bool quiet = false)
    {
        var configuration = SettingsFiles.Load(command.GetValue(s_settings), command.GetValue(s_set) ?? []);
        var cameras = CamerasReader.Read(configuration);
        var level = command.GetValue(s_verbose) ? "Debug" : quiet ? "Warning" : null;
        if (level is not null)
        {
            configuration["Logging:LogLevel:Default"] = level;
        }

        return new Configured(SettingsReader.Read(configuration), configuration.GetSection("Logging"))
        {
            Cameras = cameras,
            Whole = configuration,
            Source = new SettingsSource(SettingsFiles.Paths(command.GetValue(s_settings)), () => Load(command, quiet)),
        };
    }

    /// <summary>The overrides of this command line, as another process of this program takes them.</summary>
    public static IEnumerable<string> Overrides(ParseResult command)
    {
        foreach (var setting in command.GetValue(s_set) ?? [])
        {
            yield return "--" + setting;
        }

        if (command.GetValue(s_settings) is { } file)
        {
            yield return "--settings";
            yield return file;
        }
    }

    /// <summary>Whether to print unexpected errors with their stack trace.</summary>
    public static bool IsVerbose(ParseResult command) => command.GetValue(s_verbose);
}
