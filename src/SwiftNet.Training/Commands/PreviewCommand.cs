using System.CommandLine;
using OpenCvSharp;
using SwiftNet.Imaging.Palettes;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Commands;

/// <summary><c>preview</c>: writes training batches as pictures: one row per clip, objects in colour.</summary>
internal static class PreviewCommand
{
    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The folder for the pictures",
        Required = true,
        HelpName = "DIR",
    };
    private static readonly Option<int> s_first = new("--first") { Description = "The first step to show", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> s_count = new("--count") { Description = "Steps shown", DefaultValueFactory = _ => 4 };

    // Period of the hatching in pixels.
    private const int HatchStep = 8;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("preview", "Writes the training clips of some steps as pictures") { s_output, s_first, s_count };
        DataOptions.AddTo(command);
        OptionTable.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult command)
    {
        var folder = command.GetValue(s_output)!;
        Directory.CreateDirectory(folder);
        var options = OptionTable.Read(command, new TrainingOptions());
        var (plan, maker) = (new BatchPlan(options), DataOptions.Read(command).Open(options, Console.Error.WriteLine));
        for (var step = command.GetValue(s_first); step < command.GetValue(s_first) + command.GetValue(s_count); step++)
        {
            var batch = plan.Draw(step);
            maker.Fill(batch);
            using var sheet = Sheet(batch);
            Cv2.ImWrite(Path.Combine(folder, $"step-{step:000000}.jpg"), sheet);
        }

        return 0;
    }

    private static Mat Sheet(Batch batch)
    {
        var shape = batch.Shape;
        var sheet = new Mat(shape.Height * shape.Clips, shape.Width * shape.Frames, MatType.CV_8UC3);
        var pixels = new byte[shape.Width * shape.Height * 3];
        for (var clip = 0; clip < shape.Clips; clip++)
        {
            for (var frame = 0; frame < shape.Frames; frame++)
            {
                Tint(batch.Picture(frame, clip), Shown(batch, frame, clip), pixels);
                using var place = new Mat(sheet, new Rect(frame * shape.Width, clip * shape.Height, shape.Width, shape.Height));
                using var picture = Mat.FromPixelData(shape.Height, shape.Width, MatType.CV_8UC3, pixels);
                picture.CopyTo(place);
            }
        }

        return sheet;
    }

    /// <summary>A frame's ids; pixels whose memory mask is corrupted are hatched with the wrong id.</summary>
    private static ReadOnlySpan<byte> Shown(Batch batch, int frame, int clip)
    {
        if (batch.CorruptedIds is null)
        {
            return batch.Mask(frame, clip);
        }

        var ids = batch.Mask(frame, clip).ToArray();
        var wrong = batch.CorruptedMask(frame, clip);
        for (var i = 0; i < ids.Length; i++)
        {
            if (wrong[i] != Batch.Uncorrupted && ((i % batch.Shape.Width) + (i / batch.Shape.Width)) % HatchStep < HatchStep / 2)
            {
                ids[i] = wrong[i];
            }
        }

        return ids;
    }

    private static void Tint(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> ids, Span<byte> to)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var colour = DavisPalette.Rgb.Slice(3 * ids[i], 3);
            for (var channel = 0; channel < 3; channel++)
            {
                var value = picture[(3 * i) + channel];
                to[(3 * i) + 2 - channel] = ids[i] == 0 ? value : (byte)((value + colour[channel]) / 2);
            }
        }
    }
}
