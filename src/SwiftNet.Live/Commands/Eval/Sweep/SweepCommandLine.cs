using System.CommandLine;
using System.Globalization;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>The options of <c>eval</c> that are a sweep's.</summary>
internal static class SweepCommandLine
{
    private static readonly Option<string?> s_sweep = new("--sweep")
    {
        Description =
            "Instead of scoring one memory: table2 compares when and how much is written, beta the share that is written, trigger the "
                + "trigger's thresholds",
        HelpName = "table2|beta|trigger",
    };

    private static readonly Option<string?> s_output = new("--output")
    {
        Description = "The folder of the sweep's tables and pictures",
        HelpName = "DIR",
    };

    private static readonly Option<string> s_frameThresholds = Values("--th-f", "0.3,0.6,1", "values of Memory:FrameThreshold");

    private static readonly Option<string> s_maskThresholds = Values("--th-m", "0.1,0.3,0.6", "values of Memory:MaskThreshold");

    private static readonly Option<string> s_areaShares = Values("--p-th", "1,1.5,2", "values of Memory:WriteAreaThreshold");

    private static readonly Option<int> s_draws = new("--draws")
    {
        Description = "The trigger's sweep: how often each is compared with writes by chance",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    /// <summary>Adds them.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[s_sweep, s_output, s_frameThresholds, s_maskThresholds, s_areaShares, s_draws])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The sweep that is asked for, and its folder, which is there; null without one.</summary>
    /// <exception cref="UserErrorException">There is no such sweep, a value is out of its range, or the folder cannot be made.</exception>
    public static (ISweep Sweep, string Folder)? Read(ParseResult command, MemoryOptions memory) =>
        (command.GetValue(s_sweep), command.GetValue(s_output)) switch
        {
            (null, null) => null,
            (null, _) => throw new UserErrorException("--output is a sweep's: name one by --sweep table2, beta or trigger."),
            (_, null) => throw new UserErrorException("A sweep needs a folder for its tables: name one by --output DIR."),
            ("table2", { } folder) => (new MemorySweep(memory), Made(folder)),
            ("beta", { } folder) => (new BetaSweep(memory), Made(folder)),
            ("trigger", { } folder) => (new TriggerSweep(memory, Grid(command)), Made(folder)),
            ({ } other, _) => throw new UserErrorException($"There is no sweep {other}; --sweep is table2, beta or trigger."),
        };

    private static TriggerGrid Grid(ParseResult command) => new(
        Numbers(command, s_frameThresholds, "from 0 to 3", x => x is >= 0 and <= 3),
        Numbers(command, s_maskThresholds, "from 0 to 1", x => x is >= 0 and <= 1),
        Numbers(command, s_areaShares, "over 0, up to 1000", x => x is > 0 and <= 1000),
        command.GetValue(s_draws) is >= 0 and <= 100 and var draws
            ? draws
            : throw new UserErrorException("--draws is a number from 0 to 100."));

    private static double[] Numbers(ParseResult command, Option<string> option, string range, Func<double, bool> allowed)
    {
        var numbers = command.GetValue(option)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .Distinct()
            .ToArray();
        return numbers.Length > 0 && numbers.All(allowed)
            ? numbers
            : throw new UserErrorException(
                $"{option.Name} is a list of numbers {range}, such as {option.Name} {option.GetDefaultValue()}.");
    }

    private static string Made(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {folder} cannot be made: {e.Message}", e);
        }
    }

    private static Option<string> Values(string name, string values, string what) =>
        new(name) { Description = $"The trigger's sweep: {what}", DefaultValueFactory = _ => values, HelpName = "a,b,…" };
}
