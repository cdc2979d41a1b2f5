using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>The 8-bit network on processors that oneDNN pretends to run on: each has other kernels, and some add products up in 16
/// bits.</summary>
public sealed partial class InstructionSetTests
{
    [Theory]
    [InlineData("AVX2")]
    [InlineData("AVX2_VNNI")]
    [InlineData("AVX512_CORE")]
    [InlineData("AVX512_CORE_VNNI")]
    [InlineData("")]
    public async Task Eight_bits_and_the_chosen_format_give_float32_s_masks(string instructionSet)
    {
        using var folder = new TemporaryFolder();
        await MakeClipAsync(folder["clip"]);

        var exact = await SegmentAsync(folder, "float32", instructionSet);
        var bytes = await SegmentAsync(folder, "int8", instructionSet);
        var chosen = await SegmentAsync(folder, "auto", instructionSet);

        Assert.InRange(Overlap(exact, bytes), 0.97, 1);
        Assert.InRange(Overlap(exact, chosen), 0.97, 1);
    }

    [Theory]
    [InlineData("AVX2")]
    [InlineData("")]
    public async Task Doctor_says_what_was_measured(string instructionSet)
    {
        var (code, output, _) = await RunAsync(["doctor", "--Web:Enabled=false"], instructionSet);

        Assert.Equal(0, code);
        Assert.Matches(MeasuredText(), output);
    }

    private static async Task<IdMask> SegmentAsync(TemporaryFolder folder, string precision, string instructionSet)
    {
        var output = folder[$"{precision}-{instructionSet}"];
        var (code, _, errors) = await RunAsync(
            [
                "segment", folder["clip"], "--output", output, "--mask", Path.Combine(Repository.Folder, "samples", "cup-mask.png"),
                "--Segment:Size=192x144", "--Segment:Window=off",
                $"--Segment:Precision={precision}", "--Output:Overlay=false", "--Web:Enabled=false",
            ],
            instructionSet);
        Assert.True(code == 0, errors);
        return IndexedPng.Read(Directory.EnumerateFiles(output, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last());
    }

    private static double Overlap(IdMask one, IdMask other)
    {
        var both = one.Ids.Zip(other.Ids).Count(pair => pair.First != 0 && pair.First == pair.Second);
        var any = one.Ids.Zip(other.Ids).Count(pair => pair.First != 0 || pair.Second != 0);
        Assert.NotEqual(0, any);
        return (double)both / any;
    }

    private static Task MakeClipAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        return Cli.Wrap("ffmpeg")
            .WithArguments(
                [
                    "-loglevel", "error", "-i", Path.Combine(Repository.Folder, "samples", "cup.mp4"), "-frames:v", "8",
                    Path.Combine(folder, "%04d.png"),
                ])
            .ExecuteAsync();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, string instructionSet)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments([typeof(Settings).Assembly.Location, .. arguments])
            .WithEnvironmentVariables(variables => variables.Set("ONEDNN_MAX_CPU_ISA", instructionSet.Length == 0 ? null : instructionSet))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }

    [GeneratedRegex(@"cpu with \w+ \(the fastest format measured.*ms in float32, \d+ GMAC/s")]
    private static partial Regex MeasuredText();
}
