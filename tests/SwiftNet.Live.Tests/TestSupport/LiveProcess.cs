using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>The real executable as its own process.</summary>
internal sealed partial class LiveProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly StringBuilder _said = new();

    public LiveProcess(params string[] arguments)
        : this(AppContext.BaseDirectory, [], arguments)
    {
    }

    private LiveProcess(string folder, Dictionary<string, string?> environment, string[] arguments, params string[] by)
    {
        string[] command = [.. by, "dotnet", Path.Combine(folder, "swiftnet-live.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = ReadErrorsAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the executable of another folder, or with another PATH. Not a constructor: one with arguments alone would be taken
    /// for it.</summary>
    public static LiveProcess In(string folder, string? path, params string[] arguments) =>
        new(folder, path is null ? [] : new() { ["PATH"] = path }, arguments);

    /// <summary>Starts it with other environment variables; null removes one.</summary>
    public static LiveProcess With(Dictionary<string, string?> environment, params string[] arguments) =>
        new(AppContext.BaseDirectory, environment, arguments);

    /// <summary>Starts it by way of a program that becomes it, such as <c>ip netns exec NAME</c>.</summary>
    public static LiveProcess By(string[] program, Dictionary<string, string?> environment, params string[] arguments) =>
        new(AppContext.BaseDirectory, environment, arguments, program);

    /// <summary>Waits for something that it does; a process that ends before has failed.</summary>
    public void WaitUntil(Func<bool> done)
    {
        Assert.True(
            SpinWait.SpinUntil(() => _process.HasExited || done(), TimeSpan.FromMinutes(2)), $"Nothing came of it. It said:\n{Said}");
        Assert.False(_process.HasExited, _process.HasExited ? $"It ended too early with {_process.ExitCode}: {_errors.Result}" : "");
    }

    /// <summary>Waits until this stands on its standard error.</summary>
    public void WaitToSay(string expected) => WaitUntil(() =>
    {
        Thread.Sleep(20);
        return Said.Contains(expected, StringComparison.Ordinal);
    });

    /// <summary>Runs it to its end.</summary>
    public static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = new LiveProcess(arguments);
        return process.Wait();
    }

    /// <summary>Asserts that a process printed one line with this in it and exited with 1.</summary>
    public static void AssertOneLine(string expected, (int Code, string Output, string Errors) result)
    {
        Assert.Equal(1, result.Code);
        Assert.Contains(
            expected, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>The arguments of each of its children, as any user of the machine may read them.</summary>
    public IEnumerable<string> ArgumentsOfChildren() => [.. Children().Select(child => child.Arguments)];

    /// <summary>Kills its child whose last argument is this one.</summary>
    public void KillChild(string lastArgument)
    {
        var (id, _) = Assert.Single(Children(), child => child.Arguments.EndsWith($"\0{lastArgument}\0", StringComparison.Ordinal));
        Assert.Equal(0, SendSignal(id, 9));
    }

    private IEnumerable<(int Id, string Arguments)> Children()
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (ParentOf(process.Id) == _process.Id && ArgumentsOf(process.Id) is { } arguments)
                {
                    yield return (process.Id, arguments);
                }
            }
        }
    }

    // Null where it has ended meanwhile.
    private static string? ArgumentsOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<string> ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Append(line).Append('\n');
            }
        }

        return _said.ToString();
    }

    /// <summary>Sends it a signal: 9 kills it at once, 19 makes it stand still, 18 lets it go on.</summary>
    public void Signal(int signal) => SignalTo(_process, signal);

    /// <summary>Sends any process such a signal.</summary>
    public static void SignalTo(Process process, int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    /// <summary>The files that are mapped into it, such as the assemblies that it has loaded.</summary>
    public string Maps() => File.ReadAllText($"/proc/{_process.Id}/maps");

    /// <summary>What it has said on its standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
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

    // /proc/ID/stat: the id, the name in brackets, the state, the parent.
    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
