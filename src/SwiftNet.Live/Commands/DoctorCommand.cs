using System.CommandLine;
using SwiftNet.Live.Commands.Doctor;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands;

/// <summary><c>doctor</c>: what is installed, what the network would run on, what is missing and the command that installs it; and whether
/// what the settings name works.</summary>
internal static class DoctorCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "doctor",
            "Tries what the service needs and what the settings name: programs, device, folders, cameras, broker, port; says what is "
                + "missing and the command that installs it");
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        Configured? configured = null;
        var configuration = new Check("settings", () =>
        {
            configured = CommonOptions.Load(command);
            return Finding.Fine("valid");
        });
        var system = LinuxSystem.Here;
        var findings = new List<Finding> { Look(configuration) };
        findings.AddRange(SystemChecks.For(system).Select(Look));
        var settings = configured?.Settings ?? new Settings();
        var running = RunningService.Find(settings.Web);
        findings.AddRange(PartChecks.For(settings, running).Select(Look));
        // Of settings that cannot be read nothing is known.
        findings.AddRange(configured is null ? [] : SettingsChecks.For(configured.Cameras, running).Select(Look));
        return Conclude(findings);
    }

    private static Finding Look(Check check)
    {
        Finding finding;
        try
        {
            finding = check.Look();
        }
        catch (Exception e)
        {
            // Every exception is a finding: the doctor reports what is broken and goes on.
            var cause = e is TypeInitializationException { InnerException: { } inner } ? inner : e;
            finding = Finding.Missing(cause.Message.ReplaceLineEndings(" "));
        }

        var verdict = finding.Verdict switch { Verdict.Fine => "ok", Verdict.Note => "note", Verdict.Fails => "FAILS", _ => "MISSING" };
        Console.WriteLine($"{verdict,-8} {check.What,-12} {finding.Detail}");
        return finding;
    }

    private static int Conclude(List<Finding> findings)
    {
        Console.WriteLine();
        if (findings.TrueForAll(f => f.Verdict is not (Verdict.Missing or Verdict.Fails)))
        {
            Console.WriteLine("The service can run.");
            return 0;
        }

        Console.WriteLine("The service cannot run so; the lines marked MISSING or FAILS say why.");
        var packages = findings.Where(f => f.Packages is not null).Select(f => f.Packages!).Distinct().ToArray();
        if (packages.Length > 0)
        {
            Console.WriteLine($"What can be installed: {LinuxSystem.Install(packages)}");
        }

        return CommandErrors.UserError;
    }
}
