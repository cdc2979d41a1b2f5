using System.CommandLine;

namespace SwiftNet.Training.Commands;

/// <summary>Former names of commands and options: accepted, but hidden from help and answered with a warning.</summary>
internal static class FormerName
{
    /// <summary>Writes one line of warning that names the current name.</summary>
    public static void Warn(string former, string current) =>
        Console.Error.WriteLine($"Warning: {former} is now called {current}; the former name will be removed.");

    /// <summary>Creates the hidden option for a former name.</summary>
    public static Option<T> Of<T>(string former) => new(former) { Hidden = true };

    /// <summary>The option that is given on the command line; the current one if neither is.</summary>
    public static Option<T> Given<T>(this ParseResult command, Option<T> current, Option<T> former)
    {
        if (command.GetResult(former) is not { Implicit: false })
        {
            return current;
        }

        Warn(former.Name, current.Name);
        return former;
    }
}
