using System.CommandLine;
using System.Text.RegularExpressions;
using SwiftNet.Live.Options;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests;

/// <summary>What the documentation shows exists: files, headings, commands, options, scripts.</summary>
public sealed partial class DocumentationTests
{
    private static readonly RootCommand s_root = Program.Commands();

    private static readonly HashSet<string> s_keys =
    [
        .. typeof(Settings).GetProperties()
            .SelectMany(section => SectionReader.OptionsOf(section.PropertyType, section.Name))
            .SelectMany(WithSections),
    ];

    private static readonly string[] s_folders = ["src", "docs", "scripts", "samples", "build", "dashboards", "models", "systemd", "tests"];

    public static TheoryData<string> Pages => [.. MarkdownPage.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_and_a_heading(string name)
    {
        var page = Page(name);
        foreach (var link in page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]));
            Assert.True(Path.Exists(target), $"{name}: the link {link} leads nowhere.");
            if (parts.Length > 1 && MarkdownPage.All.FirstOrDefault(other => other.Path == target) is { } other)
            {
                Assert.True(
                    other.Anchors.Contains(parts[1]),
                    $"{name}: {link} names no heading; there are {string.Join(", ", other.Anchors)}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_command_and_its_options_exist(string name)
    {
        foreach (var call in Page(name).CallsOf("swiftnet-live", "dotnet run -c Release --project src/SwiftNet.Live --"))
        {
            var words = call.SkipWhile(word => word is "…" or "COMMAND").ToArray();
            if (words.Length == 0)
            {
                continue;
            }

            var command = s_root.Subcommands.FirstOrDefault(sub => sub.Name == words[0]);
            Assert.True(
                command is not null || words[0].StartsWith('-'),
                $"{name}: there is no command {words[0]} ({string.Join(' ', call)}).");
            foreach (var option in words.Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2))
            {
                Assert.True(IsOption(option, command), $"{name}: {words[0]} has no option {option}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_key_of_the_configuration_exists(string name)
    {
        foreach (var code in Page(name).Code)
        {
            foreach (var key in Key().Matches(code).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)))
            {
                Assert.True(IsKey(key), $"{name}: there is no option {key} ({code}).");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_file_of_the_repository_exists(string name)
    {
        foreach (var code in Page(name).Code.Where(code => PlainPath().IsMatch(code) && s_folders.Contains(code.Split('/')[0])))
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Folder, code)), $"{name}: there is no {code}.");
        }
    }

    [Fact]
    public void A_message_that_troubleshooting_names_is_one_of_the_program()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var messages = File.ReadLines(Path.Combine(Repository.Folder, "docs", "troubleshooting.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(row => Quoted().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value))
            .Where(text => text.Contains(' ', StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(messages);
        foreach (var message in messages)
        {
            Assert.True(sources.Contains(message, StringComparison.Ordinal), $"No message holds '{message}'.");
        }
    }

    private static MarkdownPage Page(string name) => MarkdownPage.All.First(page => page.Name == name);

    private static bool IsOption(string option, Command? command)
    {
        var name = option.Split('=')[0].TrimEnd(',', '.', '…');
        return name.Contains(':', StringComparison.Ordinal)
            ? IsKey(name[2..])
            : name is "--help" or "--version"
                || s_root.Options.Concat(command?.Options ?? []).Any(known => known.Name == name || known.Aliases.Contains(name));
    }

    // Whole keys, sections, and keys of one camera or of the log.
    private static bool IsKey(string key)
    {
        var parts = key.Split(':').Where(part => !part.All(char.IsAsciiDigit)).ToArray();
        return parts[0] is "Logging" or "Cameras" || s_keys.Contains(string.Join(':', parts));
    }

    private static IEnumerable<string> WithSections(string key)
    {
        for (var at = key.Length; at > 0; at = key.LastIndexOf(':', at - 1))
        {
            yield return key[..at];
        }
    }

    [GeneratedRegex(
        @"(?:^|[\s\-_""])((?:Capture|Preprocess|Segment|Memory|Objects|Budget|Output|Web|Metrics|Fleet)(?::|__)[A-Z]\w*(?:(?::|__)\w+)*)")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[\w./\-]+$")]
    private static partial Regex PlainPath();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
