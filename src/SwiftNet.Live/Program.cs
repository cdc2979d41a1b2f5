using System.CommandLine;
using SwiftNet.Live.Commands;

namespace SwiftNet.Live;

/// <summary>The table of contents: every command, and what becomes of its errors.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (StandardStreams.TooFewDescriptors() is { } few)
        {
            StandardStreams.WriteError(
                $"swiftnet-live: {few} files may be open at a time, and {StandardStreams.FewestDescriptors} are needed; raise the limit "
                    + "(ulimit -n 4096, or LimitNOFILE= of a service).");
            return CommandErrors.UserError;
        }

        StandardStreams.Prepare();

        // Before the first tensor and the first thread: malloc and OpenMP read these once.
        NativeSettings.Apply();

        return await CommandErrors.GuardAsync(Commands(), args);
    }

    /// <summary>Every command with its options.</summary>
    public static RootCommand Commands()
    {
        var root = new RootCommand(
            "SwiftNet.Live: live video object segmentation. Options of appsettings.json are set with --Section:Key=value.")
        {
            RunCommand.Create(),
            SegmentCommand.Create(),
            EvalCommand.Create(),
            EvalPromptsCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
            ImportWeightsCommand.Create(),
            CalibrateCommand.Create(),
        };
        root.SetAction((parsed, _) => RunCommand.RunAsync(parsed));
        CommonOptions.AddTo(root);
        return root;
    }
}
