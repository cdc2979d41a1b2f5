using System.CommandLine;
using SwiftNet.Live.Fleet;
using SwiftNet.Live.Hosting;

namespace SwiftNet.Live.Commands;

/// <summary><c>run</c>, the default: the service, configured by appsettings.json, until it is stopped.</summary>
internal static class RunCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Runs the service as appsettings.json says (the default)");
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    /// <summary>Runs the service.</summary>
    public static async Task<int> RunAsync(ParseResult command)
    {
        var configured = CommonOptions.Load(command);
        await using var pipeline = new PipelineHost(configured, assignment: FleetAssignment.For(configured));
        await pipeline.RunAsync();
        return 0;
    }
}
