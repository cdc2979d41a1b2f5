using System.Text.RegularExpressions;

namespace SwiftNet.Tests;

/// <summary>A page of the documentation: its links, its inline code, and the command lines in its code blocks.</summary>
internal sealed partial class MarkdownPage
{
    private static readonly string[] s_folders = ["", ".github", "dashboards", "docs", "models", "samples", "samples/Embedding"];

    private MarkdownPage(string path)
    {
        Path = path;
        Name = System.IO.Path.GetRelativePath(Repository.Folder, path);
        var text = File.ReadAllText(path);
        var prose = Block().Replace(text, "");
        Links = [.. Link().Matches(prose).Select(match => match.Groups[1].Value)];
        Code = [.. InlineCode().Matches(prose).Select(match => match.Groups[1].Value)];
        CommandLines = [.. Block().Matches(text)
            .SelectMany(block => block.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Select(line => line.Trim())];
        Anchors = [.. Heading().Matches(prose).Select(match => AnchorOf(match.Groups[1].Value))];
    }

    /// <summary>Every page of the repository that a reader is led to.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. s_folders
            .Select(folder => System.IO.Path.Combine(Repository.Folder, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md"))
            .Order(StringComparer.Ordinal)
            .Select(path => new MarkdownPage(path)),
    ];

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file, from the repository's folder.</summary>
    public string Name { get; }

    /// <summary>Targets of links and pictures.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>Pieces of code between backticks in the text.</summary>
    public IReadOnlyList<string> Code { get; }

    /// <summary>Lines of the code blocks.</summary>
    public IReadOnlyList<string> CommandLines { get; }

    /// <summary>What a link's <c>#part</c> may name.</summary>
    public IReadOnlyList<string> Anchors { get; }

    /// <summary>What follows a program's name in code that begins with it, or with variables of the environment: between
    /// backticks, or a line of a code block.</summary>
    /// <param name="programs">How the program is called, such as <c>swiftnet-live</c>.</param>
    public IEnumerable<string[]> CallsOf(params string[] programs) =>
        from code in Code.Concat(CommandLines.Select(line => line.Split(" #")[0]))
        from program in programs
        let at = code.IndexOf(program + " ", StringComparison.Ordinal)
        where at >= 0
        where code[..at].Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => word.Contains('=', StringComparison.Ordinal))
        select code[(at + program.Length)..].Split([' ', '[', ']', '"', '|'], StringSplitOptions.RemoveEmptyEntries);

    // As GitHub makes them.
    private static string AnchorOf(string heading) =>
        NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^ *```[^\n]*\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
