using System.CommandLine;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands;

/// <summary>Turns what a command throws into one line on standard error and an exit code.</summary>
internal static class CommandErrors
{
    /// <summary>The user can mend it.</summary>
    public const int UserError = 1;

    /// <summary>A fault of the program's (EX_SOFTWARE of sysexits).</summary>
    public const int Fault = 70;

    // Linux: EMFILE, ENOSPC. The machine's limits, and no fault of the program's.
    private const int NoFilesLeft = 24, NoSpaceLeft = 28;

    /// <summary>Parses the command line and runs its command.</summary>
    public static async Task<int> GuardAsync(RootCommand root, string[] args)
    {
        var verbose = args.Contains("--verbose");
        try
        {
            var parsed = root.Parse(SettingOverrides.Rewrite(args));
            // The host handles Ctrl-C and SIGTERM: it drains, which the parser would not wait for.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            var known = e is UserErrorException or WeightsException or DeviceException
                or IOException { HResult: NoFilesLeft or NoSpaceLeft };
            Say(
                verbose ? e.ToString()
                : known ? $"swiftnet-live: {e.Message}"
                : $"swiftnet-live: unexpected {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} (all of it with --verbose)");
            return known ? UserError : Fault;
        }
    }

    private static void Say(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The message cannot be written: only the exit code reports the error.
        }
    }
}
