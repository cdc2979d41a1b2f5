using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SwiftNet.Live.Options;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Options;

/// <summary><c>docs/configuration.md</c> is written from the options: their comments, defaults and ranges.
/// <c>SWIFTNET_WRITE_DOCS=1</c> writes it anew.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly Dictionary<string, XElement> s_comments = new[] { "swiftnet-live.xml", "SwiftNet.xml" }
        .SelectMany(file => XDocument.Load(Path.Combine(AppContext.BaseDirectory, file)).Descendants("member"))
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);

    [Fact]
    public void The_page_lists_every_option_with_its_default_and_range()
    {
        var path = Path.Combine(Repository.Folder, "docs", "configuration.md");
        var page = Write();
        if (Environment.GetEnvironmentVariable("SWIFTNET_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(
            File.ReadAllText(path) == page,
            "docs/configuration.md is not what the options say; run this test with SWIFTNET_WRITE_DOCS=1 to write it anew.");
    }

    private static string Write()
    {
        var page = new StringBuilder("""
            # Configuration

            Written from the options of the program; do not edit. `SWIFTNET_WRITE_DOCS=1` with the test class `ConfigurationPageTests` writes it anew.

            `appsettings.json` in the current folder, or the file that `--settings` names, overrides the defaults. Environment variables
            (`SWIFTNET_Segment__Threads=2`) override the file, and the command line (`--Segment:Threads=2`, on every command) overrides both. All errors
            are reported at start in one message, unknown names with the nearest known one. A `null` leaves the default. Former names of options are accepted, with one warning that names the current one.

            `Cameras` lists several cameras, each with a `Name` and any keys of other sections that differ for it: [cameras.md](cameras.md). `Logging` is .NET's own section.

            """);
        foreach (var section in typeof(Settings).GetProperties())
        {
            WriteSection(page, section.Name, section.GetValue(new Settings())!, Text($"P:{typeof(Settings).FullName}.{section.Name}"));
        }

        return page.ToString();
    }

    private static void WriteSection(StringBuilder page, string key, object defaults, string meaning)
    {
        var type = defaults.GetType();
        var all = SectionReader.KeysOf(type).ToArray();
        page.Append(
            CultureInfo.InvariantCulture,
            $"\n## {key}\n\n{meaning}\n\n| key | default | allowed | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var option in all.Where(option => !SectionReader.IsRecord(option.PropertyType)))
        {
            var name = $"{key}:{option.Name}";
            var allowed = option.PropertyType == typeof(IReadOnlyList<string>) && !SettingsRules.Keys.Contains(name)
                ? "texts"
                : SettingsRules.For(name, option.PropertyType).Allowed;
            var text = Text($"P:{type.FullName}.{option.Name}");
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{option.Name}` | {Shown(option.GetValue(defaults))} | {Cell(allowed)} | {Cell(text)} |\n");
        }

        foreach (var record in all.Where(option => SectionReader.IsRecord(option.PropertyType)))
        {
            WriteSection(page, $"{key}:{record.Name}", record.GetValue(defaults)!, Text($"P:{type.FullName}.{record.Name}"));
        }
    }

    private static string Shown(object? value) => value switch
    {
        null or "" => "none",
        IReadOnlyList<string> { Count: 0 } => "none",
        IReadOnlyList<string> list => $"`{string.Join(' ', list)}`",
        bool or Enum => $"`{value.ToString()!.ToLowerInvariant()}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    // The page has columns for default and range; the comment's own sentence on the default is left out.
    private static string Text(string member)
    {
        if (!s_comments.TryGetValue(member, out var comment))
        {
            return "";
        }

        var text = string.Concat(comment.Nodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement element => $"`{(element.Attribute("cref") ?? element.Attribute("name"))?.Value.Split('.')[^1].Split('(')[0]}`",
            _ => "",
        }));
        return Default().Replace(Blank().Replace(text, " ").Trim(), "");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@" Default: [^.]*\.(?=\s|$)|[;,] default [^.;:]*(?=\.(?:\s|$))")]
    private static partial Regex Default();
}
