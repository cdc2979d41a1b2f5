using System.Diagnostics;
using System.Runtime.InteropServices;
using Spectre.Console;
using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary><c>eval --sweep</c>: runs a sweep, reports its progress, and keeps the completed settings.</summary>
internal sealed class SweepCommand(ISweep sweep, string folder)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Runs it on these sequences. Ctrl-C ends it early, after which there are figures of the sequences that were
    /// complete.</summary>
    /// <exception cref="UserErrorException">A file cannot be written, or it was interrupted.</exception>
    public void Run(IReadOnlyList<BenchmarkSequence> sequences, SwiftNetModel model, Settings settings)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var path = Path.Combine(folder, sweep.Name);
        var run = new SweepRun(sequences, model, settings)
        {
            Starting = (number, setting) =>
                Tell($"{number + 1}/{sequences.Count} {sequences[number].Name}: setting {setting + 1} of {sweep.Settings.Count}"),
            Completed = rows =>
            {
                SweepFile.Write(rows, path + ".csv");
                var done = rows[0].Results.Count;
                Console.Error.WriteLine(
                    $"{Erase}{done}/{sequences.Count} {sequences[done - 1].Name}: {sweep.Settings.Count} settings after "
                        + $"{_clock.Elapsed:h\\:mm\\:ss}, {_clock.Elapsed / done * (sequences.Count - done):h\\:mm\\:ss} left");
            },
        };

        var rows = run.Run(sweep.Settings, stop.Token);
        Console.Error.Write(Erase);
        var complete = rows[0].Results.Count;
        if (complete > 0)
        {
            sweep.Print(rows, AnsiConsole.Console);
            sweep.Draw(rows, path);
        }

        if (complete < sequences.Count)
        {
            throw new UserErrorException(
                complete == 0
                    ? "Interrupted: no sequence was complete, so nothing is kept."
                    : $"Interrupted: the figures are of the first {complete} of {sequences.Count} sequences.");
        }

        void Stop(PosixSignalContext signal)
        {
            // The second time it is meant at once.
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    // The progress line, rewritten in place on a terminal.
    private static string Erase => Console.IsErrorRedirected ? "" : "\r\e[K";

    private static void Tell(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"{Erase}{text}");
        }
    }
}
