using System.CommandLine;
using SwiftNet.Training.Commands;

namespace SwiftNet.Training;

/// <summary>The table of contents: every command, and what becomes of its errors.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        // Before the first tensor and the first thread: malloc and OpenMP read these once.
        NativeSettings.Apply();

        var root = new RootCommand("Trains SwiftNet on clips made from photographs and on video.")
        {
            TrainCommand.Create(), PreviewCommand.Create(), BenchCommand.Create(), EvaluateCommand.Create(), MakeSplitCommand.Create(),
            AverageCommand.Create(), AverageCommand.CreateFormer(),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
        }
        catch (Exception e) when (e is UserErrorException or WeightsException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
