using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;

namespace SwiftNet.Live.Commands;

/// <summary><c>segment INPUT</c>: one video or folder of images through the pipeline, every frame kept, results in a folder.</summary>
internal static class SegmentCommand
{
    private static readonly Argument<string> s_input = new("INPUT") { Description = "A video file or a folder of images" };

    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The folder for masks, overlay video and object lines",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string?> s_mask = new("--mask")
    {
        Description = "The objects of the first frame as a picture of ids",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> s_box = new("--box")
    {
        Description = "An object of the first frame by its box; may be repeated",
        HelpName = "x,y,w,h",
    };

    private static readonly Option<string[]> s_polygon = new("--polygon")
    {
        Description = "An object by its outline; may be repeated",
        HelpName = "x,y;x,y;x,y",
    };

    private static readonly Option<string[]> s_point = new("--point")
    {
        Description = "An object by points on it (and, with a minus, beside it); may be repeated",
        HelpName = "x,y;-x,y",
    };

    private static readonly Option<bool> s_live = new("--live")
    {
        Description = "Plays the input at its own rate, like a camera: frames that come too fast are dropped",
    };

    private static readonly Option<bool> s_preview = new("--preview")
    {
        Description = "Shows the status page with its preview meanwhile, at Web:Address",
    };

    private static readonly Option<bool> s_overwrite = new("--overwrite")
    {
        Description = "Replaces the results of an earlier run in the folder; without it such a folder is refused",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("segment", "Follows objects through a video or a folder of images")
        {
            s_input, s_output, s_mask, s_box, s_polygon, s_point, s_live, s_preview, s_overwrite,
        };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command)
    {
        var configured = CommonOptions.Load(command, quiet: true);
        configured = configured.With(Adapt(configured.Settings, command));
        await using var pipeline = new PipelineHost(configured, parts => parts.AddSingleton(new PlainNames()));
        var elapsed = await SegmentProgress.ShowAsync(pipeline);
        SegmentReport.Write(Console.Out, pipeline, elapsed, configured.Settings.Output.Directory);
        var failed = pipeline.Run.Ledger.Snapshot().Failed;
        return failed == 0 ? 0 : throw new UserErrorException($"{failed} frames could not be written; the messages above say why.");
    }

    private static Settings Adapt(Settings settings, ParseResult command)
    {
        var objects = new ObjectsOptions
        {
            Mask = command.GetValue(s_mask),
            Boxes = command.GetValue(s_box) ?? [],
            Polygons = command.GetValue(s_polygon) ?? [],
            Points = command.GetValue(s_point) ?? [],
        };
        objects = objects.Any ? objects : settings.Objects;
        if (!objects.Any)
        {
            throw new UserErrorException(
                "No object is given. Mark what to follow on the first frame: --mask FILE, --box x,y,w,h, --polygon "
                    + "x,y;x,y;x,y or --point x,y.");
        }

        var (input, output) = (command.GetRequiredValue(s_input), command.GetRequiredValue(s_output));
        var overwrite = settings.Output.Overwrite || command.GetValue(s_overwrite);
        if (overwrite && (IsIn(input, output) || IsIn(Path.GetDirectoryName(Path.GetFullPath(objects.Mask ?? input))!, output)))
        {
            throw new UserErrorException(
                $"The input or the mask lies in {Path.Combine(output, "masks")}, which --overwrite empties; name another --output.");
        }

        return settings with
        {
            Capture = new CaptureOptions { Source = input, Live = command.GetValue(s_live) ? LiveMode.True : LiveMode.False },
            Objects = settings.Objects with
            {
                Mask = objects.Mask,
                Boxes = objects.Boxes,
                Polygons = objects.Polygons,
                Points = objects.Points,
                StateFolder = "none",
            },
            Output = settings.Output with { Directory = output, Overlay = true, Masks = true, JsonLines = true, Overwrite = overwrite },
            Web = settings.Web with { Enabled = command.GetValue(s_preview) },
        };
    }

    private static bool IsIn(string folder, string output) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == Path.GetFullPath(Path.Combine(output, "masks"));
}
