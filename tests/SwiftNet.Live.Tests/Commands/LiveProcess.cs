using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>The real executable as its own process.</summary>
internal sealed partial class LiveProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public LiveProcess(params string[] arguments)
        : this(AppContext.BaseDirectory, null, arguments)
    {
    }

    private LiveProcess(string folder, string? path, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "swiftnet-live.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the executable of another folder, or with another PATH. Not a constructor: one with arguments alone would be taken for it.</summary>
    public static LiveProcess In(string folder, string? path, params string[] arguments) => new(folder, path, arguments);

    /// <summary>Runs it to its end.</summary>
    public static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = new LiveProcess(arguments);
        return process.Wait();
    }

    public void Terminate() => Assert.Equal(0, SendSignal(_process.Id, 15));

    public (int Code, string Output, string Errors) Wait()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromMinutes(3)), "The process did not end.");
        return (_process.ExitCode, _output.Result, _errors.Result);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
